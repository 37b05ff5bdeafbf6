import type { CustomerRecord } from '../events/customer-record.ts';
import { attributeOf, numberOf } from '../features/signals/attribute-of.ts';
import { readSurveyScore } from '../features/signals/read-score.ts';
import {
  isAnswer,
  isLowAnswer,
  type LowAnswers,
  type SurveyDimension,
  surveyDimensions,
  type SurveyKind,
} from './survey.ts';

/** What a customer answered. */
export interface SurveyAnswer {
  /** As the survey was sent; null where the event names none. */
  readonly surveyId: string | null;
  readonly kind: SurveyKind;
  /** 1 to 5, in steps as fine as its own scale was, or 0 to 10. */
  readonly score: number;
  /** Each on the scale of its kind. */
  readonly dimensions: readonly { readonly dimension: SurveyDimension; readonly score: number }[];
}

/** Before the name of a dimension, the property that holds its answer. */
export const dimensionPrefix = 'dimensions.';

/** Reads `survey.answered` as features do; null for an answer without a score on its scale. */
export function readAnswer(record: Pick<CustomerRecord, 'attributes'>): SurveyAnswer | null {
  const read = readSurveyScore(record);
  if (read === null) return null;
  const id = attributeOf(record, 'surveyId');
  const { kind } = read;
  const dimensions = surveyDimensions.flatMap((dimension) => {
    const score = numberOf(record, dimensionPrefix + dimension);
    return score !== null && isAnswer(kind, score) ? [{ dimension, score }] : [];
  });
  return {
    surveyId: id === null ? null : String(id),
    kind,
    score: kind === 'nps' ? read.points : 1 + read.points / 25,
    dimensions,
  };
}

/** Whether somebody calls back: about the whole, or about a dimension. */
export function needsCallBack({ kind, score, dimensions }: SurveyAnswer, low: LowAnswers): boolean {
  return score <= low[kind] || dimensions.some((each) => isLowAnswer(kind, each.score, low));
}
