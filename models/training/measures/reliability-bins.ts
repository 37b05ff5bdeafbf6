/** Predictions that lie in one tenth of the scale. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly meanProbability: number;
  /** Share of the rows where it happened. */
  readonly observed: number;
}

const bins = 10;

/**
 * What was said against what happened, over ten bins of equal width; empty ones are left out. The mean of the gaps
 * |meanProbability - observed|, weighted by rows, is the `ece10` of `measureProbabilities`.
 */
export function reliabilityBins(probabilities: readonly number[], labels: readonly boolean[]): ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({ rows: 0, said: 0, happened: 0 }));
  probabilities.forEach((p, i) => {
    const bin = sums[Math.min(bins - 1, Math.floor(p * bins))];
    bin.rows += 1;
    bin.said += p;
    bin.happened += labels[i] ? 1 : 0;
  });
  return sums.flatMap(({ rows, said, happened }, i) =>
    rows === 0
      ? []
      : [{ from: i / bins, to: (i + 1) / bins, rows, meanProbability: said / rows, observed: happened / rows }],
  );
}
