import type { QualityDimension } from './quality-dimension.ts';

/** One value of one event, judged in one dimension. */
export interface QualityMark {
  readonly dimension: QualityDimension;
  /** A kind of field, an expected field of the plan, or one of `wholeEvent`. */
  readonly field: string;
  readonly isGood: boolean;
}

/** Stand for the event as a whole, and for its name, among the fields. */
export const wholeEvent = { event: '(event)', name: '(name)' } as const;

/** What one event says about the quality of its source. */
export interface EventQuality {
  /** A word of the vocabulary, or `refused` for events that never became one. */
  readonly type: string;
  readonly marks: readonly QualityMark[];
  /** Ids of the rules that changed a value, once per value. */
  readonly rules: readonly string[];
  /** Fields that the allow-list of the plan left out. */
  readonly surplus: number;
}
