import { describe, expect, it } from 'vitest';
import { zeroInflatedGammaQuantile } from '../../../../services/core/value/zero-inflated-gamma.ts';

/** 1 - e^-x, and the Erlang distribution of four exponentials with the mean 1. */
const distributions = {
  1: (x: number): number => -Math.expm1(-x),
  0.25: (x: number): number => {
    const y = 4 * x;
    return 1 - Math.exp(-y) * (1 + y + y ** 2 / 2 + y ** 3 / 6);
  },
} as const;

describe('the quantile of a zero-inflated gamma amount', () => {
  it.each([1, 0.25] as const)('with the dispersion %d has its probability below it, within 0.007', (dispersion) => {
    for (const zero of [0, 0.3, 0.7]) {
      for (const share of [0.1, 0.25, 0.5, 0.8, 0.9, 0.95]) {
        const p = zero + (1 - zero) * share;
        const quantile = zeroInflatedGammaQuantile({ zero, mean: 50, dispersion }, p);
        const below = zero + (1 - zero) * distributions[dispersion](quantile / 50);
        expect(Math.abs(below - p)).toBeLessThan(0.007);
      }
    }
  });

  it('is 0 where nothing is likely enough alone, and the mean where nothing spreads', () => {
    expect(zeroInflatedGammaQuantile({ zero: 0.4, mean: 50, dispersion: 1 }, 0.4)).toBe(0);
    expect(zeroInflatedGammaQuantile({ zero: 0.4, mean: 50, dispersion: 9 }, 0.401)).toBe(0);
    expect(zeroInflatedGammaQuantile({ zero: 0.4, mean: 50, dispersion: 0 }, 0.5)).toBe(50);
  });
});
