import type { EpochMs } from '../units.ts';

/** A dead letter: its place on the topic, and its time, lest a topic made anew inherits the marks of the old one. */
export interface LetterRef {
  readonly partition: number;
  readonly offset: number;
  readonly recordedAt: EpochMs;
}

/** What somebody has decided about a dead letter; one without a mark is open. */
export interface LetterMark {
  readonly status: 'replayed' | 'dropped';
  readonly at: EpochMs;
}

/** Remembers which dead letters are settled, as long as their topic keeps them. */
export interface LetterMarks {
  /** One per letter, in order; null for open ones. */
  read(letters: readonly LetterRef[]): Promise<readonly (LetterMark | null)[]>;
  /** Settles the letters that are still open; the first mark stands. @returns per letter, whether it was set now */
  set(letters: readonly LetterRef[], mark: LetterMark): Promise<readonly boolean[]>;
}
