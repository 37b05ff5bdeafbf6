import type { PartitionRange } from '../../core/ports/topic-reader.ts';
import type { FoundLetter, LetterSummary } from './found-letter.ts';
import type { LetterReader } from './letter-reader.ts';

/** Hands out letters one by one. */
export interface LetterStream {
  next(): Promise<LetterSummary | null>;
  /** Where to go on later: partition → offset from which on everything was handed out. Partitions that are done are not in it. */
  position(): ReadonlyMap<number, number>;
}

/** Read at a time before they are handed out backwards; only their summaries are held. */
const blockOffsets = 250;

/** All letters of the given ranges, the newest first: partitions are read backwards, block by block, and merged. */
export function readNewest(
  reader: LetterReader,
  ranges: readonly PartitionRange[],
  summarize: (letter: FoundLetter) => LetterSummary,
): LetterStream {
  const partitions = ranges.map((range) => ({ ...range, block: [] as LetterSummary[] }));

  async function fill(from: (typeof partitions)[number]): Promise<void> {
    while (from.block.length === 0 && from.high > from.low) {
      const start = Math.max(from.low, from.high - blockOffsets);
      from.block = await readBlock(reader, { partition: from.partition, low: start, high: from.high }, summarize);
      from.high = start;
    }
  }

  return {
    async next() {
      await Promise.all(partitions.map(fill));
      const heads = partitions.filter(({ block }) => block.length > 0);
      if (heads.length === 0) return null;
      const newest = heads.reduce((a, b) => (b.block.at(-1)!.recordedAt > a.block.at(-1)!.recordedAt ? b : a));
      return newest.block.pop() ?? null;
    },
    position: () =>
      new Map(
        partitions
          .map(({ partition, block, high, low }) => ({ partition, low, end: (block.at(-1)?.offset ?? high - 1) + 1 }))
          .filter(({ low, end }) => end > low)
          .map(({ partition, end }) => [partition, end]),
      ),
  };
}

/** Ascending. */
async function readBlock(
  reader: LetterReader,
  { partition, low, high }: PartitionRange,
  summarize: (letter: FoundLetter) => LetterSummary,
): Promise<LetterSummary[]> {
  const block: LetterSummary[] = [];
  let next: number | null = low;
  while (next !== null && next < high) {
    const found = await reader.readFrom({ partition, offset: next });
    for (const letter of found.letters) if (letter.offset < high) block.push(summarize(letter));
    next = found.next;
  }
  return block;
}
