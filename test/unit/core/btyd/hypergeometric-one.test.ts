import { describe, expect, it } from 'vitest';
import { hypergeometricOne } from '../../../../services/core/btyd/hypergeometric-one.ts';

/** b, c, z and 2F1(1, b; c; z) by mpmath 1.3 with 40 digits. */
const known = [
  [2.5, 3.3, 0.7, 2.31316916550765],
  [3.5, 4.6, 0.9999, 18.87818578782791],
  [300.5, 303, 0.99, 58.96791177345424],
  [0.001, 1.002, 0.999, 1.006880702506908],
  [5000, 5000.5, 0.99999, 31325.01112088447],
  [1.6, 13.2, 0.05, 1.00611675701784],
  [0.5, 1000, 0.5, 1.000250187546769],
  [0.2426, 0.8487, 0.999999, 155.2085086813182],
  [0.2426, 0.8487, 0, 1],
] as const;

describe('2F1(1, b; c; z)', () => {
  it.each(known)('of b %d, c %d, z %d is right to 1e-10', (b, c, z, value) => {
    expect(Math.abs(hypergeometricOne(b, c, z) / value - 1)).toBeLessThan(1e-10);
  });

  it('of a number that is none is none', () => {
    expect(hypergeometricOne(NaN, 2, 0.5)).toBeNaN();
  });
});
