/** Counts of a ranking cut below one score; rows of equal score are never parted. */
export interface RankingPoint {
  /** Rows at or above the cut. */
  readonly rows: number;
  /** Positives among them. */
  readonly hits: number;
}

/** A ranking, best first, as far as its curves need it. */
export interface RankingCurve {
  readonly rows: number;
  readonly positives: number;
  /** One point per distinct score, descending by score; the last one holds all rows. */
  readonly points: readonly RankingPoint[];
}

/** Walks down a ranking. Receiver operating characteristic, precision and recall, gain and lift derive from it. */
export function rankingCurve(scores: readonly number[], labels: readonly boolean[]): RankingCurve {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a]);
  const points: RankingPoint[] = [];
  let hits = 0;
  order.forEach((row, i) => {
    if (labels[row]) hits += 1;
    if (i + 1 < order.length && scores[order[i + 1]] === scores[row]) return;
    points.push({ rows: i + 1, hits });
  });
  return { rows: scores.length, positives: hits, points };
}
