import { compiled, lgam } from 'cephes';
import type { GammaGammaParameters } from '../../services/core/btyd/gamma-gamma.ts';

await compiled;

/** Customers by the number of purchase days that their mean spend is the mean of; equal lengths. */
export interface SpendMeans {
  /** Ascending, ≥ 1. */
  readonly purchases: Float64Array;
  /** Money per purchase day, > 0. */
  readonly mean: Float64Array;
}

/** Log-likelihood of the Gamma-Gamma model (Fader and Hardie 2013, equation 1a). */
export function gammaGammaLogLikelihood(
  { p, q, gamma }: GammaGammaParameters,
  { purchases, mean }: SpendMeans,
): number {
  const perCustomer = q * Math.log(gamma) - lgam(q);
  let sum = 0;
  let n = 0;
  let perCount = 0;
  for (let i = 0; i < purchases.length; i++) {
    if (purchases[i] !== n) {
      n = purchases[i];
      perCount = lgam(p * n + q) - lgam(p * n) + p * n * Math.log(n);
    }
    const m = mean[i];
    sum += perCustomer + perCount + (p * n - 1) * Math.log(m) - (p * n + q) * Math.log(gamma + n * m);
  }
  return sum;
}
