import { describe, expect, it } from 'vitest';
import type { CutRow } from '../../../models/training/cut-table.ts';
import { fitSpendPower } from '../../../models/training/fit-spend-power.ts';
import { identityCalibration } from '../../../models/training/identity-calibration.ts';
import { fitLevelCutoffs } from '../../../models/training/level-cutoffs.ts';
import { predictRows } from '../../../models/training/predict-rows.ts';
import { calibrateForSeason } from '../../../models/training/season/calibrate-for-season.ts';
import { meanSeason } from '../../../models/training/season/season.ts';
import { seededBits } from '../../../models/training/seeded-bits.ts';
import { silenceLogits } from '../../../models/training/silence-logits.ts';
import type { Calibration } from '../../../services/core/scoring/model-manifest.ts';
import { modelOutputs } from '../../../services/core/scoring/model-outputs.ts';

const count = 1500;
const width = modelOutputs.length;
/** Large enough that the later steps are certain: silence at 30 days is silence at 90. */
const certain = 30;

function chanceOf(seed: number): () => number {
  const bits = seededBits(seed);
  return () => (bits() >>> 0) / 2 ** 32;
}

/** Raw heads of customers from the faithful to the lapsed, and from small to large spenders. */
function someHeads(): Float32Array {
  const chance = chanceOf(3);
  const heads = new Float32Array(count * width);
  for (let i = 0; i < count; i++) {
    const logSpend = 2 + 3 * chance();
    heads.set([chance() * 6 - 3, certain, certain, logSpend, 0, -1 + chance(), logSpend], i * width);
  }
  return heads;
}

function sumsOf(heads: Float32Array, calibration: Calibration) {
  const predictions = predictRows(heads, calibration);
  const sum = (of: (each: (typeof predictions)[number]) => number) =>
    predictions.reduce((all, each) => all + of(each), 0);
  return {
    churn: sum(({ churn }) => churn.p90) / count,
    spend: sum(({ expectedSpend }) => expectedSpend.mean),
    days: sum(({ expectedPurchases }) => expectedPurchases),
  };
}

function expOf(heads: Float32Array, head: (typeof modelOutputs)[number]): number {
  let sum = 0;
  for (let at = modelOutputs.indexOf(head); at < heads.length; at += width) sum += Math.exp(heads[at]);
  return sum;
}

describe('calibrating for a season', () => {
  const heads = someHeads();

  it('leaves the nets as they are in the mean season', () => {
    const calibration = calibrateForSeason(heads, meanSeason, 1);
    expect(calibration.a).toBe(1);
    expect(calibration.b).toBeCloseTo(0, 9);
    const sums = sumsOf(heads, calibration);
    expect(sums.spend / expOf(heads, 'logSpend')).toBeCloseTo(1, 9);
    expect(sums.days / expOf(heads, 'logRate')).toBeCloseTo(1, 9);
  });

  it('gives the customers the churn rate and the sums of the season, whatever its scales', () => {
    const season = { ...meanSeason, logit: -0.7, scale: 0.8, logSpend: 0.5, logCount: 0.4, spendScale: 0.9 };
    const calibration = calibrateForSeason(heads, season, 1.1);
    const shifted = silenceLogits(heads).map((logit) => 1 / (1 + Math.exp(-(logit - 0.7))));
    const sums = sumsOf(heads, calibration);
    expect(calibration.a).toBe(0.8);
    expect(calibration.spendPower).toBeCloseTo(0.99, 12);
    expect(sums.churn).toBeCloseTo(shifted.reduce((all, p) => all + p, 0) / count, 9);
    expect(sums.spend / expOf(heads, 'logSpend')).toBeCloseTo(Math.exp(0.5), 9);
    expect(sums.days / expOf(heads, 'logRate')).toBeCloseTo(Math.exp(0.4), 9);
  });
});

describe('the power of expected spend', () => {
  /** Customers who spend what the nets say, raised to `power`, give or take. */
  function spenders(heads: Float32Array, power: number): CutRow[] {
    const chance = chanceOf(4);
    return predictRows(heads, identityCalibration).map(({ expectedSpend }, i) => {
      const spend = expectedSpend.mean ** power * (0.5 + chance());
      const outcome = { silent: [false, false, false] as const, spend, purchaseDays: 1 };
      return { customer: String(i), outcome, recency: 1, spend365: 0 };
    });
  }

  it.each([0.9, 1, 1.2])('is found: %d', (power) => {
    const heads = someHeads();
    expect(fitSpendPower(heads, spenders(heads, power))).toBeCloseTo(power, 1);
  });

  it('stays within bounds, and is 1 where nobody spent', () => {
    const heads = someHeads();
    expect(fitSpendPower(heads, spenders(heads, 4))).toBe(1.3);
    const poor = spenders(heads, 1).map((row) => ({ ...row, outcome: { ...row.outcome, spend: 0 } }));
    expect(fitSpendPower(heads, poor)).toBe(1);
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
