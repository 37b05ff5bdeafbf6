import type { EpochMs } from '../units.ts';
import type { SurveyKind } from './survey.ts';

/** A survey that a customer was asked to answer. */
export interface AskedSurvey {
  readonly askId: string;
  /** Its name in the service rules. */
  readonly survey: string;
  readonly kind: SurveyKind;
  readonly askedAt: EpochMs;
  readonly expiresAt: EpochMs;
  /** Null until it is answered, once. */
  readonly answeredAt: EpochMs | null;
  /** On the scale of its kind; null without an answer. */
  readonly score: number | null;
}

/** A survey that a trigger called for and whose time has not come. */
export interface WaitingSurvey {
  readonly survey: string;
  /** What called for it: with the customer and the survey it makes the id of the ask. */
  readonly cause: string;
  readonly dueAt: EpochMs;
}

/** What one customer was asked. Never mutated. */
export interface SurveyBook {
  readonly optedOut: boolean;
  readonly lastAskedAt: EpochMs | null;
  /** Oldest first, at most `keptAsked`. */
  readonly asked: readonly AskedSurvey[];
  /** In the order of `dueAt`, at most `keptWaiting`. */
  readonly waiting: readonly WaitingSurvey[];
}

export const keptAsked = 8;
export const keptWaiting = 8;

export const emptySurveyBook: SurveyBook = { optedOut: false, lastAskedAt: null, asked: [], waiting: [] };

export function findAsked(book: SurveyBook, askId: string): AskedSurvey | null {
  return book.asked.find((each) => each.askId === askId) ?? null;
}
