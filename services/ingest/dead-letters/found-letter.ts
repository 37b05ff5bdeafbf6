import type { DeadLetterRecord } from '../../core/events/dead-letter.ts';
import type { LetterRef } from '../../core/ports/letter-marks.ts';

/** A dead letter as it was found on its topic. */
export interface FoundLetter extends LetterRef {
  /** `partition-offset`. */
  readonly id: string;
  /** Key of the letter's record: the key of the record it is about, or the surrogate of its customer. */
  readonly key: string | null;
  readonly letter: DeadLetterRecord;
}

/** What a list shows of a letter: everything but the sealed bytes. */
export type LetterSummary = Omit<FoundLetter, 'letter'> & {
  readonly letter: Omit<DeadLetterRecord, 'original' | 'share'>;
  /** Why it cannot be replayed, as far as that can be told without its original; null where it may be. */
  readonly obstacle: string | null;
};
