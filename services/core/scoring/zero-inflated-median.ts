import { inverseNormal } from './inverse-normal.ts';

/**
 * Median m of an amount that is 0 with probability `zero`, else log-normal(mu, sigma):
 * P(S <= m) = zero + (1 - zero) * Phi((ln m - mu) / sigma) = 1/2. Where the zero reaches one half alone, m is 0; else
 * m = exp(mu + sigma * PhiInverse((1/2 - zero) / (1 - zero))).
 */
export function zeroInflatedMedian(zero: number, mu: number, sigma: number): number {
  if (zero >= 0.5) return 0;
  return Math.exp(mu + sigma * inverseNormal((0.5 - zero) / (1 - zero)));
}
