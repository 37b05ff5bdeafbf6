import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from '../../../models/training/measures/area-under-curve.ts';
import { fitCalibrationLine } from '../../../models/training/measures/calibration-line.ts';
import { meanAbsoluteError } from '../../../models/training/measures/mean-absolute-error.ts';
import { normalisedGini } from '../../../models/training/measures/normalised-gini.ts';
import { measureProbabilities } from '../../../models/training/measures/probability-measures.ts';
import { pairedInterval } from '../../../models/training/measures/paired-interval.ts';
import { rankCorrelation } from '../../../models/training/measures/rank-correlation.ts';

describe('the area under the ROC curve', () => {
  it.each([
    [[0.1, 0.2, 0.8, 0.9], [false, false, true, true], 1],
    [[0.9, 0.8, 0.2, 0.1], [false, false, true, true], 0],
    [[0.5, 0.5, 0.5, 0.5], [false, true, false, true], 0.5],
    [[0.1, 0.4, 0.35, 0.8], [false, false, true, true], 0.75],
    [[0.2, 0.2, 0.7], [false, true, true], 0.75],
  ])('of %o against %o is %d', (scores, labels, expected) => {
    expect(areaUnderCurve(scores, labels)).toBe(expected);
  });

  it('is not defined with one class only', () => {
    expect(areaUnderCurve([1, 2], [true, true])).toBeNaN();
  });
});

describe('measures of probabilities', () => {
  it('are 0 for certainty that is right', () => {
    expect(measureProbabilities([1, 0], [true, false])).toEqual({ brier: 0, logLoss: 0, ece10: 0 });
  });

  it('follow their definitions', () => {
    const { brier, logLoss, ece10 } = measureProbabilities([0.8, 0.85, 0.3], [true, false, false]);
    expect(brier).toBeCloseTo((0.04 + 0.7225 + 0.09) / 3, 12);
    expect(logLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.15) + Math.log(0.7)) / 3, 12);
    // the bin of .8 to .9 holds two rows: mean probability .825, rate .5
    expect(ece10).toBeCloseTo((2 / 3) * 0.325 + (1 / 3) * 0.3, 12);
  });

  it('stay finite for certainty that is wrong', () => {
    expect(measureProbabilities([0], [true]).logLoss).toBeCloseTo(-Math.log(1e-15), 9);
  });
});

describe('the calibration line', () => {
  it('is found where logits are off by a factor and a shift', () => {
    const share = (p: number): number => 1 / (1 + Math.exp(-(2 * Math.log(p / (1 - p)) + 0.5)));
    const ps = Array.from({ length: 9 }, (_, i) => (i + 1) / 10);
    const probabilities = ps.flatMap((p) => new Array<number>(1000).fill(p));
    const labels = ps.flatMap((p) => Array.from({ length: 1000 }, (_, i) => i < 1000 * share(p)));
    const { slope, intercept } = fitCalibrationLine(probabilities, labels);
    expect(slope).toBeCloseTo(2, 1);
    expect(intercept).toBeCloseTo(0.5, 1);
  });
});

describe('measures of spend', () => {
  it('give a Gini of 1 for the right order, whatever the scale', () => {
    expect(normalisedGini([10, 20, 30], [1, 5, 9])).toBeCloseTo(1, 12);
  });

  it('give a lower Gini for a worse order', () => {
    expect(normalisedGini([30, 20, 10], [1, 5, 9])).toBeLessThan(0);
  });

  it('correlate ranks, ties shared', () => {
    expect(rankCorrelation([1, 2, 3], [10, 200, 3000])).toBeCloseTo(1, 12);
    expect(rankCorrelation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
    expect(rankCorrelation([1, 1, 2], [5, 5, 9])).toBeCloseTo(1, 12);
  });

  it('average the absolute error', () => {
    expect(meanAbsoluteError([1, 5], [2, 2])).toBe(2);
  });
});

describe('the interval of a difference between two models', () => {
  const rows = 400;
  const meanOf = (values: readonly number[]) => (drawn: readonly number[]) =>
    drawn.reduce((sum, i) => sum + values[i], 0) / drawn.length;

  it('is as wide as the textbook says of a mean', () => {
    // 0 and 1 alternating: standard deviation .5, standard error .025
    const { low, high } = pairedInterval(rows, meanOf(Array.from({ length: rows }, (_, i) => i % 2)));
    expect(low).toBeGreaterThan(0.5 - 1.96 * 0.025 - 0.01);
    expect(low).toBeLessThan(0.5 - 1.96 * 0.025 + 0.01);
    expect(high).toBeGreaterThan(0.5 + 1.96 * 0.025 - 0.01);
    expect(high).toBeLessThan(0.5 + 1.96 * 0.025 + 0.01);
  });

  it('is a point where the models do not differ, and leaves out draws without a figure', () => {
    expect(pairedInterval(rows, () => 0)).toEqual({ low: 0, high: 0 });
    expect(pairedInterval(rows, (drawn) => (drawn[0] % 2 === 0 ? NaN : 2))).toEqual({ low: 2, high: 2 });
    expect(pairedInterval(rows, () => NaN)).toEqual({ low: NaN, high: NaN });
  });
});
