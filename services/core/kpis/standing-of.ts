import type { Score } from '../scoring/score.ts';
import type { Standing } from './kpi-fact.ts';

/** Where a score places its customer. @param minorPerMajor minor units in one major unit of the score's currency */
export function standingOf(
  { asOf, stage, tier, level, clv }: Pick<Score, 'asOf' | 'stage' | 'tier' | 'level' | 'clv'>,
  minorPerMajor: number,
): Standing {
  return { asOf, stage, tier, level, clvMinor: clv === null ? null : Math.round(clv.mean * minorPerMajor) };
}
