import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../simulator/random.ts';

function draw(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('createRandom', () => {
  it('gives the same draws for the same seed and label', () => {
    const first = createRandom(7, 'life:c00001');
    const second = createRandom(7, 'life:c00001');
    expect(draw(50, () => first.unit())).toEqual(draw(50, () => second.unit()));
  });

  it('gives other draws for another label and for another seed', () => {
    const draws = [createRandom(7, 'a'), createRandom(7, 'b'), createRandom(8, 'a')].map((random) => random.unit());
    expect(new Set(draws).size).toBe(3);
  });

  it.each([
    { shape: 1, variance: 400 },
    { shape: 4, variance: 100 },
  ])('draws gamma values of the asked mean and spread (shape $shape)', ({ shape, variance }) => {
    const random = createRandom(1, 'gamma');
    const values = draw(20_000, () => random.gamma(shape, 20));
    expect(mean(values)).toBeCloseTo(20, 0);
    const spread = mean(values.map((value) => (value - 20) ** 2));
    expect(Math.abs(spread / variance - 1)).toBeLessThan(0.1);
  });

  it('draws whole numbers between both ends, ends included', () => {
    const random = createRandom(3, 'whole');
    expect(new Set(draw(200, () => random.integer(2, 4)))).toEqual(new Set([2, 3, 4]));
  });
});
