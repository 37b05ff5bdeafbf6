import { hypergeometricOne } from './hypergeometric-one.ts';

/** A customer at some time y: `rate` is alpha + y, `death` is beta + y. */
export interface MomentScales {
  readonly rate: number;
  readonly death: number;
}

/**
 * The integral behind likelihood and predictions of the Pareto/NBD, relative to its integrand, in (0, 1):
 * s * integral from y to infinity of (alpha + u)^-k (beta + u)^-(s+1) du, divided by (alpha + y)^-k (beta + y)^-s.
 * Of a customer with k = r + x who is alive at y it is the probability to die before the next purchase.
 * The papers' 2F1(k + s, s + 1; k + s + 1; z) overflows near z = 1; Euler's transformation takes that factor out.
 */
export function deathShare(k: number, s: number, { rate, death }: MomentScales): number {
  const c = k + s + 1;
  if (rate >= death) return (s / (k + s)) * hypergeometricOne(k, c, (rate - death) / rate);
  return (s / (k + s)) * (rate / death) * hypergeometricOne(s + 1, c, (death - rate) / death);
}
