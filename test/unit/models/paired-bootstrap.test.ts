import { describe, expect, it } from 'vitest';
import { pairedBootstrap } from '../../../models/training/measures/paired-bootstrap.ts';
import { seededChance } from '../../support/simulate-purchases.ts';

function meanOf(values: readonly number[]): (units: Int32Array) => { mean: number } {
  return (units) => ({ mean: units.reduce((sum, i) => sum + values[i], 0) / units.length });
}

describe('the paired bootstrap', () => {
  it('gives the interval that the normal approximation gives for a mean', () => {
    const chance = seededChance(4);
    const values = Array.from({ length: 400 }, () => chance() + chance() + chance() - 1.5);
    const { value, low, high } = pairedBootstrap(values.length, meanOf(values)).mean;
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const error = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0)) / values.length;
    expect(value).toBeCloseTo(mean, 12);
    expect((low - mean) / error).toBeCloseTo(-1.96, 0);
    expect((high - mean) / error).toBeCloseTo(1.96, 0);
  });

  it('draws both sides of a pair together: a constant difference has no width', () => {
    const ours = [1, 5, 9, 2, 7];
    const theirs = ours.map((value) => value - 3);
    const difference = pairedBootstrap(ours.length, (units) => ({
      mean: meanOf(ours)(units).mean - meanOf(theirs)(units).mean,
    })).mean;
    for (const figure of Object.values(difference)) expect(figure).toBeCloseTo(3, 12);
  });

  it('gives the same for the same seed and leaves out what is not finite', () => {
    const values = [1, 2, 3, 4];
    expect(pairedBootstrap(4, meanOf(values), 2)).toEqual(pairedBootstrap(4, meanOf(values), 2));
    const odd = pairedBootstrap(4, (units) => ({ mean: units[0] === units[1] ? NaN : 1 })).mean;
    expect(odd).toEqual({ value: 1, low: 1, high: 1 });
  });
});
