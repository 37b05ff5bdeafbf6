import { describe, expect, it } from 'vitest';
import { inverseNormal } from '../../../../services/core/scoring/inverse-normal.ts';

describe('the quantile of the normal distribution', () => {
  it.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.025, -1.959963984540054],
    [0.001, -3.090232306167813],
    [0.9999, 3.719016485455709],
    [0.375, -0.31863936396437514],
  ])('of %d is %d', (p, expected) => {
    expect(inverseNormal(p)).toBeCloseTo(expected, 7);
  });

  it('has its limits at 0 and 1 and is nowhere else', () => {
    expect(inverseNormal(0)).toBe(-Infinity);
    expect(inverseNormal(1)).toBe(Infinity);
    expect([-0.1, 1.1, NaN].map(inverseNormal)).toEqual([NaN, NaN, NaN]);
  });
});
