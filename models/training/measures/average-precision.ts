import type { RankingCurve } from './ranking-curve.ts';

/** Area under precision over recall, by steps: the mean precision at each positive. NaN without positives. */
export function averagePrecision({ points, positives }: RankingCurve): number {
  let area = 0;
  let before = 0;
  for (const { rows, hits } of points) {
    area += ((hits - before) / positives) * (hits / rows);
    before = hits;
  }
  return positives === 0 ? NaN : area;
}
