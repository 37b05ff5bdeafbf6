import type { DeadLetterRecord } from '../../core/events/dead-letter.ts';
import type { EpochMs } from '../../core/units.ts';
import type { MaskIds } from './mask-ids.ts';

export const letterStatuses = ['open', 'replayed', 'dropped'] as const;

export type LetterStatus = (typeof letterStatuses)[number];

/** Which letters are meant; null takes all. */
export interface LetterFilter {
  readonly tenant: string | null;
  readonly source: string | null;
  readonly code: string | null;
  readonly step: string | null;
  readonly eventId: string | null;
  readonly importId: string | null;
  readonly status: LetterStatus | null;
  /** Time of the letter, included. */
  readonly since: EpochMs | null;
  /** Time of the letter, not included. */
  readonly until: EpochMs | null;
}

const compared = ['tenant', 'source', 'code', 'step'] as const;
const ids = ['eventId', 'importId'] as const;

/** Whether a letter is meant, its status left aside: that does not stand in the letter. */
export function matchesFilter(
  letter: Omit<DeadLetterRecord, 'original' | 'share'>,
  filter: LetterFilter,
  maskIds: MaskIds,
): boolean {
  if (compared.some((name) => filter[name] !== null && filter[name] !== letter[name])) return false;
  // An id is meant as it is, or as it was shown.
  const isOther = (name: (typeof ids)[number]): boolean =>
    filter[name] !== null && filter[name] !== letter[name] && filter[name] !== maskIds(letter)[name];
  if (ids.some(isOther)) return false;
  return (
    (filter.since === null || letter.recordedAt >= filter.since) &&
    (filter.until === null || letter.recordedAt < filter.until)
  );
}
