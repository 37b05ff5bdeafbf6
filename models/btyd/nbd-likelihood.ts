import { logRising } from './log-rising.ts';
import type { WeightedSummaries } from './weighted-summaries.ts';

/**
 * Log-likelihood of purchases without dropout: rates Gamma(r, alpha) over customers (NBD; Ehrenberg 1959, Applied
 * Statistics 8, 26-41). What every model with dropout comes to when nobody drops out.
 */
export function nbdLogLikelihood(r: number, alpha: number, { x, T, weight, maxX }: WeightedSummaries): number {
  const rates = logRising(r, maxX);
  const scale = r * Math.log(alpha);
  return x.reduce((sum, k, i) => sum + weight[i] * (rates[k] + scale - (r + k) * Math.log(alpha + T[i])), 0);
}
