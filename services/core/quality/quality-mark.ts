import { qualityDimensions } from './quality-dimension.ts';
import type { QualityDimension } from './quality-dimension.ts';

/** One value of one event, judged in one dimension; made by `qualityMark`. */
export interface QualityMark {
  readonly dimension: QualityDimension;
  /** A kind of field, an expected field of the plan, or one of `wholeEvent`. */
  readonly field: string;
  readonly isGood: boolean;
}

const made = new Map<string, QualityMark[]>();

/**
 * The mark that says this. There is one of each, so that equal ones can be counted by what they are, without reading
 * them.
 * @param field of the closed sets named at `QualityMark`
 */
export function qualityMark(dimension: QualityDimension, field: string, isGood: boolean): QualityMark {
  let ofField = made.get(field);
  if (ofField === undefined) made.set(field, (ofField = allMarks(field)));
  return ofField[2 * qualityDimensions.indexOf(dimension) + (isGood ? 1 : 0)];
}

function allMarks(field: string): QualityMark[] {
  return qualityDimensions.flatMap((dimension) => [false, true].map((isGood) => ({ dimension, field, isGood })));
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
