import { describe, expect, it } from 'vitest';
import { purchasesTillDropout } from '../../../../services/core/btyd/purchases-till-dropout.ts';

/** shape, odds, drop, stay and the expected purchases by the papers' 2F1 formula in mpmath 1.3 with 60 digits. */
const known = [
  [2.2426, 0.9, 0.7929, 4.4259, 1.685194333974283],
  [0.2426, 8.8, 0.7929, 2.4259, 1.191736220649483],
  [0.2426, 1e-6, 0.7929, 2.4259, 2.425999628707277e-7],
  [5, 0.5, 0.9999999999, 3, 1.85528421325478],
  [365.2, 0.25, 0.5, 400, 86.60533430950041],
  [2000, 1, 0.01, 2005, 1992.305132346876],
  [600, 5, 2.5, 700, 429.0708303160028],
  [3, 0.4, 1e-4, 1e7, 1.1999999999904],
  [1.5, 50, 3, 0.2, 1.0958152140882],
  [0.01, 200, 0.5, 1, 0.3680269834376876],
] as const;

describe('the purchases of a living customer', () => {
  it.each(known)('with shape %d, odds %d, drop %d, stay %d are right to 1e-8', (...given) => {
    const [shape, odds, drop, stay, value] = given;
    expect(Math.abs(purchasesTillDropout({ shape, odds, drop, stay }) / value - 1)).toBeLessThan(1e-8);
  });

  it('are none within no time, and unknown for a number that is none', () => {
    expect(purchasesTillDropout({ shape: 2, odds: 0, drop: 1, stay: 1 })).toBe(0);
    expect(purchasesTillDropout({ shape: NaN, odds: 1, drop: 1, stay: 1 })).toBeNaN();
  });
});
