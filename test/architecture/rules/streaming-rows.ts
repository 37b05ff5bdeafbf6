/** One row of `docs/streaming-tests.md`. */
export interface StreamingRow {
  readonly id: string;
  /** Test files named in it, each with the titles quoted after it. */
  readonly tests: readonly { readonly file: string; readonly titles: readonly string[] }[];
  /** Why there is nothing to test; null where tests are named. */
  readonly reason: string | null;
}

const reasonPattern = /^(?:Does not apply|Not built yet): .{20,}/;

/** The rows of the table, in their order: `| id | what | tests or reason |`. */
export function streamingRows(text: string): StreamingRow[] {
  return [...text.matchAll(/^\| ([OP]\d+) +\|[^|]*\|(.*)\|$/gm)].map(([, id, cell]) => {
    const answer = cell.trim();
    const tests = [...answer.matchAll(/`(test\/[\w./-]+\.ts)`((?:(?!`test\/).)*)/g)].map(([, file, rest]) => ({
      file,
      titles: [...rest.matchAll(/“([^”]+)”/g)].map(([, title]) => title),
    }));
    return { id, tests, reason: reasonPattern.test(answer) ? answer : null };
  });
}

/** What the table has to answer. */
export const streamingIds: readonly string[] = [
  ...[1, 2, 4, 5, 9, 12, 13].map((n) => `O${n}`),
  ...Array.from({ length: 30 }, (_, i) => `P${i + 1}`),
];
