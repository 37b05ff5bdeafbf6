import { describe, expect, it } from 'vitest';
import { medianInterval } from '../../bench/statistics/median-interval.ts';
import { percentile } from '../../bench/statistics/percentile.ts';
import { slope } from '../../bench/statistics/slope.ts';
import { upperBound } from '../../bench/statistics/upper-bound.ts';

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

  it('is the value at the nearest rank, whatever the order', () => {
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 1)).toBe(100);
  });

  it('is one of the values, also of a few', () => {
    expect(percentile([3], 0.99)).toBe(3);
    expect(percentile([1, 2, 1000], 0.99)).toBe(1000);
    expect(percentile([10, 9, 100], 0.5)).toBe(10);
  });

  it('leaves the values as they stand', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });

  it('refuses no values and impossible shares', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
    expect(() => percentile([1], 0)).toThrow(RangeError);
    expect(() => percentile([1], 99)).toThrow(RangeError);
  });
});

describe('the upper 95 % bound', () => {
  it('is the mean when all values agree', () => {
    expect(upperBound([0.1, 0.1, 0.1])).toBeCloseTo(0.1, 12);
  });

  it('adds the t quantile times the standard error', () => {
    // mean 5.5, standard deviation 3.02765, nine degrees of freedom: 5.5 + 1.8331 * 0.957427
    expect(upperBound([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toBeCloseTo(7.2551, 3);
    // two values: 1 + 6.3138 * 1
    expect(upperBound([0, 2])).toBeCloseTo(7.3138, 4);
  });

  it('goes on beyond the table without a step', () => {
    // t with 60 degrees of freedom is 1.6706
    const values = Array.from({ length: 61 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const mean = 1 / 61;
    const error = Math.sqrt((61 - 61 * mean ** 2) / 60 / 61);
    expect((upperBound(values) - mean) / error).toBeCloseTo(1.6706, 2);
  });

  it('needs two values', () => {
    expect(() => upperBound([1])).toThrow(RangeError);
  });
});

describe('a slope', () => {
  it('is that of the line the samples lie on', () => {
    expect(slope([0, 1, 2, 5].map((x) => ({ x, y: 3 - 2 * x })))).toBeCloseTo(-2, 12);
  });

  it('is the line of least squares when they lie on none', () => {
    expect(slope([{ x: 0, y: 0 }, { x: 1, y: 2 }, { x: 2, y: 1 }])).toBeCloseTo(0.5, 12); // prettier-ignore
  });

  it('refuses samples that stand at one place', () => {
    expect(() => slope([{ x: 1, y: 1 }, { x: 1, y: 2 }])).toThrow(RangeError); // prettier-ignore
    expect(() => slope([])).toThrow(RangeError);
  });
});

describe('the 95 % interval of a median', () => {
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => n - i);

  it('lies between the values that tables of the sign test name', () => {
    // Ranks that leave at most 2.5 % on either side.
    const ranks = [[6, 1, 6], [8, 1, 8], [9, 2, 8], [10, 2, 9], [12, 3, 10], [15, 4, 12], [20, 6, 15], [25, 8, 18]]; // prettier-ignore
    for (const [n, low, high] of ranks) expect(medianInterval(upTo(n))).toEqual([low, high]);
  });

  it('is not to be had from fewer than six', () => {
    expect(medianInterval(upTo(5))).toBeNull();
    expect(medianInterval([])).toBeNull();
  });
});
