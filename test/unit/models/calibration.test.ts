import { describe, expect, it } from 'vitest';
import type { CutRow } from '../../../models/training/cut-table.ts';
import { fitCalibration } from '../../../models/training/fit-calibration.ts';
import { fitLevelCutoffs } from '../../../models/training/level-cutoffs.ts';
import { predictRows } from '../../../models/training/predict-rows.ts';
import { seededBits } from '../../../models/training/seeded-bits.ts';

const count = 1500;
/** Large enough that the later steps are certain: silence at 30 days is silence at 90. */
const certain = 30;

/** Rows whose true 30-day silence follows the logit `a * x + b`, where the net says `x`. */
function rowsWith(a: number, b: number): { heads: Float32Array; rows: CutRow[] } {
  const bits = seededBits(3);
  const chance = (): number => (bits() >>> 0) / 2 ** 32;
  const heads = new Float32Array(count * 6);
  const rows = Array.from({ length: count }, (_, i): CutRow => {
    const x = chance() * 6 - 3;
    heads.set([x, certain, certain, 4, 0, 0], i * 6);
    const isSilent = chance() < 1 / (1 + Math.exp(-(a * x + b)));
    const outcome = {
      silent30: isSilent,
      silent60: isSilent,
      silent90: isSilent,
      spend: isSilent ? 0 : 80,
      purchaseDays: 1,
    };
    return { customer: String(i), outcome, recency: 1, spend365: 0 };
  });
  return { heads, rows };
}

describe('fitting the calibration', () => {
  it.each([
    [1, 0],
    [0.5, 1],
    [2, -1],
  ])('finds a scale of %d and a shift of %d', (a, b) => {
    const { heads, rows } = rowsWith(a, b);
    const fitted = fitCalibration(heads, rows);
    expect(fitted.method).toBe('platt');
    expect(Math.abs(fitted.a - a)).toBeLessThan(0.35);
    expect(Math.abs(fitted.b - b)).toBeLessThan(0.35);
  });

  it('makes the summed spend that of the rows', () => {
    const { heads, rows } = rowsWith(1, 0);
    const predictions = predictRows(heads, fitCalibration(heads, rows));
    const expected = predictions.reduce((sum, { expectedSpend }) => sum + expectedSpend.mean, 0);
    const real = rows.reduce((sum, { outcome }) => sum + outcome.spend, 0);
    expect(expected).toBeCloseTo(real, 6);
  });

  it('leaves the spend alone where nobody spent', () => {
    const { heads, rows } = rowsWith(1, 0);
    const poor = rows.map((row) => ({ ...row, outcome: { ...row.outcome, spend: 0 } }));
    expect(fitCalibration(heads, poor).spendFactor).toBe(1);
  });
});

describe('the cut-offs of the levels', () => {
  it('let 40, 20 and 7 per cent in', () => {
    const churn = Array.from({ length: 1000 }, (_, i) => i / 1000);
    const shares = fitLevelCutoffs(churn).map(({ enter }) => churn.filter((p) => p >= enter).length);
    expect(shares).toEqual([400, 200, 70]);
  });

  it.each([
    ['spread', Array.from({ length: 50 }, (_, i) => i / 50)],
    ['all the same', Array<number>(50).fill(0.4)],
    ['all 1', Array<number>(50).fill(1)],
    ['all 0', Array<number>(50).fill(0)],
    ['one', [0.99999]],
    ['none', []],
  ])('rise strictly with exits below entries: %s', (_what, churn) => {
    const cutoffs = fitLevelCutoffs(churn);
    expect(cutoffs.map(({ level }) => level)).toEqual(['watch', 'high', 'critical']);
    let below = { enter: 0, exit: 0 };
    for (const cutoff of cutoffs) {
      expect(cutoff.enter).toBeGreaterThan(below.enter);
      expect(cutoff.exit).toBeGreaterThan(below.exit);
      expect(cutoff.exit).toBeLessThan(cutoff.enter);
      expect(cutoff.enter).toBeLessThan(1);
      below = cutoff;
    }
  });
});
