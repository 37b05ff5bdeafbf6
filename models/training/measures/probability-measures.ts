export interface ProbabilityMeasures {
  /** Mean squared difference of probability and outcome. */
  readonly brier: number;
  readonly logLoss: number;
  /** Expected calibration error over ten bins of equal width. */
  readonly ece10: number;
}

const bins = 10;

/** How well probabilities agree with what happened. */
export function measureProbabilities(
  probabilities: readonly number[],
  labels: readonly boolean[],
): ProbabilityMeasures {
  const gaps = new Float64Array(bins);
  let brier = 0;
  let logLoss = 0;
  probabilities.forEach((p, i) => {
    const y = labels[i] ? 1 : 0;
    brier += (p - y) ** 2;
    logLoss -= Math.log(Math.max(y === 1 ? p : 1 - p, 1e-15));
    gaps[Math.min(bins - 1, Math.floor(p * bins))] += p - y;
  });
  const rows = probabilities.length;
  // the mean gap of a bin, weighted by the bin's share, is the bin's summed gap over all rows
  const ece10 = gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / rows;
  return { brier: brier / rows, logLoss: logLoss / rows, ece10 };
}
