import type { RankingCurve } from './ranking-curve.ts';

/**
 * Share of all positives that the best `share` of a ranking holds, between 0 and 1. Rows of equal score count in
 * proportion, as if their order were drawn. Divided by `share` it is the lift.
 */
export function gainAtShare({ rows, positives, points }: RankingCurve, share: number): number {
  const wanted = share * rows;
  let before = { rows: 0, hits: 0 };
  for (const point of points) {
    if (point.rows >= wanted) {
      const part = (wanted - before.rows) / (point.rows - before.rows);
      return (before.hits + part * (point.hits - before.hits)) / positives;
    }
    before = point;
  }
  return 1;
}
