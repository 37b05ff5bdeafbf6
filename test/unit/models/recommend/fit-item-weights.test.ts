import { inverse, Matrix } from 'ml-matrix';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitItemWeights } from '../../../../models/recommend/fit-item-weights.ts';
import { invertPositive } from '../../../../models/recommend/invert-positive.ts';
import { runs } from '../../../support/property-runs.ts';

describe('the inverse of a positive definite matrix', () => {
  it('is that of a linear algebra library', () => {
    const rowsOf = fc.integer({ min: 1, max: 6 }).chain((size) =>
      fc.array(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: size, maxLength: size }), {
        minLength: size,
        maxLength: size,
      }),
    );
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const root = new Matrix(rows);
        const positive = root.transpose().mmul(root).add(Matrix.eye(rows.length));
        const ours = Float64Array.from(positive.to1DArray());
        invertPositive(ours, rows.length);
        inverse(positive)
          .to1DArray()
          .forEach((value, i) => expect(ours[i]).toBeCloseTo(value, 8));
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('item weights', () => {
  const until = 100;
  const options = { penalty: 0.5, until, halfLifeDays: 30 };
  const day = 99;
  const bought = (...items: number[]) => new Map(items.map((item) => [item, day]));

  it('are those of EASE for two items in closed form', () => {
    // gram [[3, 2], [2, 2]], plus the penalty [[3.5, 2], [2, 2.5]]: weight(i, j) = gram(i, j) / (gram(i, i) + penalty)
    const { weights, placeOf } = fitItemWeights([bought(4, 9), bought(4, 9), bought(4)], [4, 9], options);
    expect([...placeOf]).toEqual([
      [4, 0],
      [9, 1],
    ]);
    expect(weights[0]).toBe(0);
    expect(weights[3]).toBe(0);
    expect(weights[1]).toBeCloseTo(2 / 3.5, 12);
    expect(weights[2]).toBeCloseTo(2 / 2.5, 12);
  });

  it('count a purchase of a half-life ago half, and items that are not looked at not at all', () => {
    const { weights } = fitItemWeights([new Map([...bought(9, 77), [4, day - 30]])], [4, 9], options);
    expect(weights[1]).toBeCloseTo(0.5 / (0.25 + 0.5), 12);
    expect(weights).toHaveLength(4);
  });
});
