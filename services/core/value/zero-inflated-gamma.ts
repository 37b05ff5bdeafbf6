import { inverseNormal } from '../scoring/inverse-normal.ts';

/** An amount that is 0 with probability `zero`, else gamma distributed. */
export interface ZeroInflatedGamma {
  readonly zero: number;
  /** Of the amount that is not 0; > 0. */
  readonly mean: number;
  /** Variance of the amount that is not 0, over the square of its mean; ≥ 0. */
  readonly dispersion: number;
}

/**
 * Quantile of a zero-inflated gamma amount, 0 where the zeros reach `p` alone. The gamma quantile is Wilson and
 * Hilferty's (1931): the cube root of a gamma variate is nearly normal. Up to a dispersion of 1 the probability below it
 * is p within 0.007; where the root would be below 0 the quantile is 0.
 */
export function zeroInflatedGammaQuantile({ zero, mean, dispersion }: ZeroInflatedGamma, p: number): number {
  if (zero >= p) return 0;
  const z = inverseNormal((p - zero) / (1 - zero));
  const root = 1 - dispersion / 9 + (z * Math.sqrt(dispersion)) / 3;
  return root > 0 ? mean * root * root * root : 0;
}
