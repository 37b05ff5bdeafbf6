import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from '../../../../models/training/measures/area-under-curve.ts';
import { averagePrecision } from '../../../../models/training/measures/average-precision.ts';
import { decileMape } from '../../../../models/training/measures/decile-mape.ts';
import { featureImportance } from '../../../../models/training/measures/feature-importance.ts';
import { gainAtShare } from '../../../../models/training/measures/gain-at-share.ts';
import { measureProbabilities } from '../../../../models/training/measures/probability-measures.ts';
import { rankingCurve } from '../../../../models/training/measures/ranking-curve.ts';
import { reliabilityBins } from '../../../../models/training/measures/reliability-bins.ts';
import { stabilityIndex } from '../../../../models/training/measures/stability-index.ts';
import { valueDeciles } from '../../../../models/training/measures/value-deciles.ts';
import { seededBits } from '../../../../models/training/seeded-bits.ts';
import { runs } from '../../../support/property-runs.ts';

/** Scores with ties, and outcomes of both kinds. */
const judged = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), { minLength: 2, maxLength: 200 })
  .filter((rows) => rows.some(([, left]) => left) && rows.some(([, left]) => !left))
  .map((rows) => ({ scores: rows.map(([score]) => score / 20), labels: rows.map(([, left]) => left) }));

describe('the curves of a report', () => {
  it('bin what was said so that the weighted gaps are the calibration error', () => {
    fc.assert(
      fc.property(judged, ({ scores, labels }) => {
        const bins = reliabilityBins(scores, labels);
        const gaps = bins.map(({ rows, meanProbability, observed }) => rows * Math.abs(meanProbability - observed));
        const ece = gaps.reduce((sum, gap) => sum + gap, 0) / scores.length;
        expect(ece).toBeCloseTo(measureProbabilities(scores, labels).ece10, 12);
      }),
      { numRuns: runs(100) },
    );
  });

  it('enclose, as receiver operating characteristic, the area under the curve', () => {
    fc.assert(
      fc.property(judged, ({ scores, labels }) => {
        const { points, positives, rows } = rankingCurve(scores, labels);
        let [x, y, area] = [0, 0, 0];
        for (const point of points) {
          const next = { x: (point.rows - point.hits) / (rows - positives), y: point.hits / positives };
          area += ((next.x - x) * (next.y + y)) / 2;
          [x, y] = [next.x, next.y];
        }
        expect(area).toBeCloseTo(areaUnderCurve(scores, labels), 12);
      }),
      { numRuns: runs(100) },
    );
  });

  it('hold all who left at the end, and among ties as many as any order of them would on average', () => {
    fc.assert(
      fc.property(judged, fc.integer({ min: 1, max: 20 }), ({ scores, labels }, twentieth) => {
        const curve = rankingCurve(scores, labels);
        expect(gainAtShare(curve, 1)).toBe(1);
        const wanted = (twentieth / 20) * scores.length;
        // each row counts with the chance that it stands among the wanted ones when ties are drawn
        const above = (score: number) => scores.filter((other) => other > score).length;
        const tied = (score: number) => scores.filter((other) => other === score).length;
        const chance = (score: number) => Math.min(1, Math.max(0, (wanted - above(score)) / tied(score)));
        const hits = scores.reduce((sum, score, i) => sum + (labels[i] ? chance(score) : 0), 0);
        expect(gainAtShare(curve, twentieth / 20)).toBeCloseTo(hits / labels.filter(Boolean).length, 10);
      }),
      { numRuns: runs(100) },
    );
  });

  it('give the mean precision at each who left', () => {
    const { scores, labels } = { scores: [0.9, 0.8, 0.7, 0.6], labels: [true, false, true, false] };
    expect(averagePrecision(rankingCurve(scores, labels))).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(averagePrecision(rankingCurve([1, 1], [false, false]))).toBeNaN();
  });

  it('give deciles of value whose relative gaps are the decile error', () => {
    const bits = seededBits(5);
    const truth = Array.from({ length: 237 }, () => (bits() >>> 0) % 1000);
    const predicted = truth.map((value) => value * 0.5 + ((bits() >>> 0) % 300));
    const gaps = valueDeciles(predicted, truth).map((decile) => Math.abs(decile.predicted - decile.real) / decile.real);
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / 10).toBeCloseTo(decileMape(predicted, truth), 12);
  });
});

describe('the population stability index', () => {
  const uniform = Array.from({ length: 1000 }, (_, i) => i / 1000);

  it('is 0 for equal distributions, whatever the ties and gaps', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(NaN)), { minLength: 1 }), (values) => {
        expect(stabilityIndex(values, [...values, ...values])).toBeCloseTo(0, 12);
      }),
      { numRuns: runs(100) },
    );
  });

  it('is what the formula says for deciles known beforehand', () => {
    // the upper half only: five bins empty, five twice as full
    const shifted = uniform.filter((value) => value >= 0.5);
    const expected = 5 * (1e-6 - 0.1) * Math.log(1e-6 / 0.1) + 5 * (0.2 - 0.1) * Math.log(2);
    expect(stabilityIndex(uniform, shifted)).toBeCloseTo(expected, 10);
  });

  it('does not change when both are transformed alike and kept in order', () => {
    const moved = uniform.map((value) => value ** 2);
    const index = stabilityIndex(uniform, moved);
    expect(index).toBeGreaterThan(0.25);
    const transformed = (values: number[]) => values.map((value) => Math.log(value + 1) * 3 - 7);
    expect(stabilityIndex(transformed(uniform), transformed(moved))).toBeCloseTo(index, 12);
  });

  it('counts what has become undefined', () => {
    const half = uniform.map((value, i) => (i % 2 === 0 ? NaN : value));
    expect(stabilityIndex(uniform, half)).toBeGreaterThan(0.25);
  });
});

describe('the importance of a feature', () => {
  it('is what the ranking loses without it, and nothing where the ranking does not read it', () => {
    const bits = seededBits(3);
    const rows = Array.from({ length: 400 }, () => ({
      read: (bits() >>> 0) / 2 ** 32,
      other: (bits() >>> 0) / 2 ** 32,
    }));
    const labels = rows.map(({ read }) => read > 0.6);
    const importance = featureImportance({
      names: ['other', 'read'],
      labels,
      bits: seededBits(1),
      score: (name, from) => rows.map((row, i) => (name === 'read' ? rows[from[i]].read : row.read)),
    });
    expect(importance.map(({ name }) => name)).toEqual(['read', 'other']);
    expect(importance[0].aucLoss).toBeGreaterThan(0.4);
    expect(importance[1].aucLoss).toBe(0);
  });
});
