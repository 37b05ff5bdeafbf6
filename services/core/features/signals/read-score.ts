import type { CustomerRecord } from '../../events/customer-record.ts';
import { numberOf, wordOf } from './attribute-of.ts';

/** An answer as whole points: CSAT 0 to 100, NPS 0 to 10. */
export interface SurveyScore {
  readonly kind: 'csat' | 'nps';
  readonly points: number;
  /** A detractor (NPS 0 to 6), or in the lower half of the scale. */
  readonly isLow: boolean;
}

/**
 * The score of an answered survey, from `surveyScore` and `surveyKind`. A kind with "nps" in it is a net promoter score
 * (0 to 10). All others are satisfaction: effort scores ("ces") on 1 to 7, the rest on 1 to 5, a value above 5 on 0 to
 * 10, above 10 in per cent. Null for a score that is missing or outside its scale.
 */
export function readSurveyScore(record: Pick<CustomerRecord, 'attributes'>): SurveyScore | null {
  const score = numberOf(record, 'surveyScore');
  if (score === null || score < 0) return null;
  const kind = wordOf(record, 'surveyKind');
  if (!kind.includes('nps')) return satisfaction(score, kind.includes('ces') ? 7 : 5);
  if (score > 10) return null;
  const points = Math.round(score);
  return { kind: 'nps', points, isLow: points <= 6 };
}

/** The `rating` of a review on 1 to 5 (above 5 on 0 to 10, above 10 in per cent), as satisfaction. */
export function readRating(record: Pick<CustomerRecord, 'attributes'>): SurveyScore | null {
  const rating = numberOf(record, 'rating');
  return rating === null || rating < 0 ? null : satisfaction(rating, 5);
}

function satisfaction(score: number, steps: number): SurveyScore | null {
  const [low, high] = score <= steps ? [1, steps] : score <= 10 ? [0, 10] : [0, 100];
  if (score < low || score > high) return null;
  const points = Math.round((100 * (score - low)) / (high - low));
  return { kind: 'csat', points, isLow: points < 50 };
}
