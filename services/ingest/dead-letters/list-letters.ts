import type { LetterMark, LetterMarks } from '../../core/ports/letter-marks.ts';
import type { FoundLetter, LetterSummary } from './found-letter.ts';
import { matchesFilter } from './letter-filter.ts';
import type { LetterFilter, LetterStatus } from './letter-filter.ts';
import type { LetterAccess } from './letter-access.ts';
import type { LetterCursor } from './letter-cursor.ts';
import type { LetterReader } from './letter-reader.ts';
import type { LetterIds, MaskIds } from './mask-ids.ts';
import { readNewest } from './newest-letters.ts';
import type { LetterStream } from './newest-letters.ts';
import { replayObstacle } from './replay-obstacle.ts';

export interface ListedLetter extends LetterSummary {
  readonly status: LetterStatus;
  readonly mark: LetterMark | null;
  readonly masked: LetterIds;
}

export interface LetterPage {
  /** The newest first. */
  readonly letters: readonly ListedLetter[];
  /** Where the next page begins; null when there is none. */
  readonly cursor: LetterCursor | null;
  /** Letters that were looked at, also those that the filter left out. */
  readonly scanned: number;
  /** The page is short because enough was looked at; the cursor leads on. */
  readonly cut: boolean;
}

export interface LetterQuery {
  readonly filter: LetterFilter;
  readonly limit: number;
  readonly cursor: LetterCursor | null;
}

export interface ListDeps {
  readonly reader: LetterReader;
  readonly marks: LetterMarks;
  readonly mayAccess: LetterAccess;
  readonly maskIds: MaskIds;
}

/** Most letters that one page looks at. */
export const maxScanned = 10_000;
/** Clocks of the processes that write letters may differ by so much. */
const clockSlackMs = 10 * 60_000;

/** One page of the letters that a tenant may see. */
export async function listLetters(
  tenant: string,
  { filter, limit, cursor }: LetterQuery,
  { reader, marks, mayAccess, maskIds }: ListDeps,
): Promise<LetterPage> {
  const ranges = await reader.ranges();
  const open = ranges.map((range) => ({
    ...range,
    high: cursor === null ? range.high : (cursor.get(range.partition) ?? 0),
  }));
  const stream = readNewest(reader, open, summarizeLetter);
  const isMeant = ({ letter }: LetterSummary): boolean =>
    mayAccess(tenant, letter.tenant) && matchesFilter(letter, filter, maskIds);
  const letters: ListedLetter[] = [];
  let scanned = 0;
  let isEnd = false;
  while (letters.length < limit && scanned < maxScanned && !isEnd) {
    // Never more than there is room for, so that the cursor passes over none.
    const found = await take(stream, { room: limit - letters.length, scan: maxScanned - scanned, isMeant, filter });
    scanned += found.scanned;
    isEnd = found.isEnd;
    const held = await marks.read(found.letters);
    found.letters.forEach((letter, index) => {
      const mark = held[index];
      const status = mark?.status ?? 'open';
      if (filter.status !== null && filter.status !== status) return;
      letters.push({ ...letter, status, mark, masked: maskIds(letter.letter) });
    });
  }
  const position = stream.position();
  const isLast = isEnd || position.size === 0;
  return { letters, cursor: isLast ? null : position, scanned, cut: !isLast && letters.length < limit };
}

interface Wanted {
  readonly room: number;
  readonly scan: number;
  readonly isMeant: (letter: LetterSummary) => boolean;
  readonly filter: LetterFilter;
}

async function take(stream: LetterStream, { room, scan, isMeant, filter }: Wanted) {
  const letters: LetterSummary[] = [];
  let scanned = 0;
  while (letters.length < room && scanned < scan) {
    const letter = await stream.next();
    const isTooOld = filter.since !== null && letter !== null && letter.recordedAt < filter.since - clockSlackMs;
    if (letter === null || isTooOld) return { letters, scanned, isEnd: true };
    scanned += 1;
    if (isMeant(letter)) letters.push(letter);
  }
  return { letters, scanned, isEnd: false };
}

/** A letter without its sealed bytes. */
export function summarizeLetter({ letter, ...place }: FoundLetter): LetterSummary {
  const { original: _original, share: _share, ...clear } = letter;
  return { ...place, letter: clear, obstacle: replayObstacle(letter) };
}
