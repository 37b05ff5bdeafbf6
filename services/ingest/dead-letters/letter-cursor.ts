/** How far a list has come: partition → first offset (from above) that it has shown. A partition that is done is not in it. */
export type LetterCursor = ReadonlyMap<number, number>;

export function formatCursor(cursor: LetterCursor): string {
  return [...cursor].map(([partition, offset]) => `${partition}-${offset}`).join('.');
}

/** Null for a text that is no cursor. */
export function parseCursor(text: string): LetterCursor | null {
  if (!/^\d{1,6}-\d{1,15}(\.\d{1,6}-\d{1,15})*$/.test(text)) return null;
  return new Map(
    text.split('.').map((part) => {
      const [partition, offset] = part.split('-').map(Number);
      return [partition, offset];
    }),
  );
}
