import type { ErrorCode } from '../../core/errors.ts';

/**
 * What became of a letter that was to be replayed or dropped.
 * - `accepted`, `duplicate`, `published`: replayed; its event is in Kafka
 * - `rejected`, `conflict`, `suppressed`: still open, for the reason given
 * - `refused`: cannot be replayed, still open
 * - `try-again`: not done now, still open
 * - `replayed-before`, `dropped-before`: settled earlier, nothing was done
 * - `ready`: what a dry run says of a letter that would be replayed or dropped
 */
export type LetterOutcomeName =
  | 'accepted' | 'duplicate' | 'published' | 'rejected' | 'conflict' | 'suppressed' | 'dropped' | 'refused'
  | 'try-again' | 'replayed-before' | 'dropped-before' | 'not-found' | 'ready'; // prettier-ignore

export interface LetterOutcome {
  readonly id: string;
  readonly outcome: LetterOutcomeName;
  readonly code: ErrorCode | null;
  readonly detail: string | null;
}

/** Outcomes after which a letter is settled as replayed. */
export const settledOutcomes: ReadonlySet<LetterOutcomeName> = new Set(['accepted', 'duplicate', 'published']);
