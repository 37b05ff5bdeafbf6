import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../support/simulation/seeded-random.ts';

const starts = [1, 700_000_001, 810_000_000, 2 ** 31 - 200];

describe('the chance of simulated worlds', () => {
  it('is the same for the same seed', () => {
    const draws = (seed: number) =>
      Array.from({ length: 20 }, (_, i) => i).map(() => new SeededRandom(seed).below(1e6));
    expect(draws(5)).toEqual(draws(5));
  });

  it.each(starts)('decides differently at once for seeds side by side, from %i on', (start) => {
    const size = 16;
    const counts = Array.from({ length: 12 }, (_, batch) => {
      const seeds = Array.from({ length: size }, (__, i) => start + batch * size + i);
      return seeds.filter((seed) => new SeededRandom(seed).chance(400)).length;
    });
    // Batches of schedules that all had the same number of kills are what this is for.
    expect(new Set(counts).size).toBeGreaterThan(2);
  });

  it.each(starts)('begins anywhere, whatever seed is next to it, from %i on', (start) => {
    const firsts = Array.from({ length: 1_000 }, (_, i) => new SeededRandom(start + i).below(1_000));
    const mean = firsts.reduce((sum, first) => sum + first, 0) / firsts.length;
    // Five standard errors of a uniform draw.
    expect(Math.abs(mean - 499.5)).toBeLessThan(5 * (288.7 / Math.sqrt(firsts.length)));
    const steps = firsts.slice(1).map((first, i) => Math.abs(first - firsts[i]));
    expect(steps.filter((step) => step <= 1).length).toBeLessThan(20);
    const tenths = Array.from({ length: 10 }, (_, tenth) => firsts.filter((first) => Math.floor(first / 100) === tenth).length); // prettier-ignore
    for (const count of tenths) expect(count).toBeGreaterThan(50);
  });
});
