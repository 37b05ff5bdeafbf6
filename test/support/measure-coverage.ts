import type { LifetimeValue } from '../../services/core/value/create-valuer.ts';

/** How a file's lifetime values stand against what the customers spent. */
export interface Coverage {
  readonly customers: number;
  /** Share whose true value lies in the interval. */
  readonly covered: number;
  /** The same of those whose interval does not begin at 0: the customers who are well known. */
  readonly coveredAboveZero: number;
  /** Sum of the means over the sum of the truth. */
  readonly sumRatio: number;
}

export function measureCoverage(values: readonly LifetimeValue[], truth: readonly number[]): Coverage {
  const isInside = values.map(({ low, high }, i) => truth[i] >= low && truth[i] <= high);
  const aboveZero = values.flatMap(({ low }, i) => (low > 0 ? [isInside[i]] : []));
  const share = (flags: readonly boolean[]): number => flags.filter(Boolean).length / flags.length;
  return {
    customers: values.length,
    covered: share(isInside),
    coveredAboveZero: share(aboveZero),
    sumRatio: values.reduce((sum, { mean }) => sum + mean, 0) / truth.reduce((sum, amount) => sum + amount, 0),
  };
}
