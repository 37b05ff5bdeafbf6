/** Where a dead letter stands on its topic; as text `partition-offset`. */
export interface LetterPlace {
  readonly partition: number;
  readonly offset: number;
}

export function formatLetterId({ partition, offset }: LetterPlace): string {
  return `${partition}-${offset}`;
}

/** Null for a text that is no id. */
export function parseLetterId(text: string): LetterPlace | null {
  const match = /^(\d{1,6})-(\d{1,15})$/.exec(text);
  return match === null ? null : { partition: Number(match[1]), offset: Number(match[2]) };
}
