import { describe, expect, it } from 'vitest';
import type { CutRow } from '../../../models/training/cut-table.ts';
import { fitCalibrationSlope } from '../../../models/training/fit-calibration-slope.ts';
import { fitSpendPower } from '../../../models/training/fit-spend-power.ts';
import { identityCalibration } from '../../../models/training/identity-calibration.ts';
import { fitLevelCutoffs } from '../../../models/training/level-cutoffs.ts';
import { predictRows } from '../../../models/training/predict-rows.ts';
import { calibrateForSeason } from '../../../models/training/season/calibrate-for-season.ts';
import type { Season } from '../../../models/training/season/season.ts';
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

/** Rows of customers whose last purchase lies 1, 2, … days back, and so on again after `days` of them. */
function rowsOf(days: number): CutRow[] {
  const outcome = { silent: [false, false, false] as const, spend: 0, purchaseDays: 0 };
  return Array.from({ length: count }, (_, i) => ({
    customer: String(i),
    outcome,
    recency: 1 + (i % days),
    spend365: 0,
  }));
}

describe('calibrating for a season', () => {
  const heads = someHeads();
  const plain = { slope: 1, power: 1 };

  it('leaves the nets as they are in the mean of all seasons', () => {
    const calibration = calibrateForSeason({ heads, rows: rowsOf(365) }, null, plain);
    expect(calibration.a).toBe(1);
    expect(calibration.b).toBeCloseTo(0, 9);
    const sums = sumsOf(heads, calibration);
    expect(sums.spend / expOf(heads, 'logSpend')).toBeCloseTo(1, 9);
    expect(sums.days / expOf(heads, 'logRate')).toBeCloseTo(1, 9);
  });

  it('keeps churn rate and sums of the mean of all seasons when the nets are reshaped', () => {
    const calibration = calibrateForSeason({ heads, rows: rowsOf(365) }, null, { slope: 1.4, power: 1.2 });
    const raw = silenceLogits(heads).reduce((all, logit) => all + 1 / (1 + Math.exp(-logit)), 0) / count;
    const sums = sumsOf(heads, calibration);
    expect(calibration).toMatchObject({ a: 1.4, spendPower: 1.2 });
    expect(sums.churn).toBeCloseTo(raw, 9);
    expect(sums.spend / expOf(heads, 'logSpend')).toBeCloseTo(1, 9);
  });

  it.each([365, 200])('gives the levels of a year ago to whom that cut could see, %d days back', (reachDays) => {
    const season: Season = { yearAgo: 0, reachDays, churn: 0.4, spend: 70, purchaseDays: 1.3, scale: 0.8, spendScale: 0.9 }; // prettier-ignore
    const rows = rowsOf(365);
    const calibration = calibrateForSeason({ heads, rows }, season, { slope: 1.5, power: 1.2 });
    const seen = predictRows(heads, calibration).filter((_, i) => (rows[i].recency ?? Infinity) <= reachDays);
    const mean = (of: (each: (typeof seen)[number]) => number) => seen.reduce((all, each) => all + of(each), 0) / seen.length; // prettier-ignore
    expect(calibration.a).toBeCloseTo(1.2, 12);
    expect(calibration.spendPower).toBeCloseTo(1.08, 12);
    expect(mean(({ churn }) => churn.p90)).toBeCloseTo(0.4, 9);
    expect(mean(({ expectedSpend }) => expectedSpend.mean)).toBeCloseTo(70, 9);
    expect(mean(({ expectedPurchases }) => expectedPurchases)).toBeCloseTo(1.3, 9);
  });

  it('takes the mean of all seasons where nobody of today could have been seen', () => {
    const season: Season = { yearAgo: 0, reachDays: 100, churn: 0.1, spend: 7, purchaseDays: 9, scale: 1, spendScale: 1 }; // prettier-ignore
    const rows = rowsOf(365).map((row) => ({ ...row, recency: 300 }));
    const unseen = calibrateForSeason({ heads, rows }, season, plain);
    expect(unseen).toEqual(calibrateForSeason({ heads, rows }, null, plain));
  });
});

describe('the calibration slope', () => {
  /** Customers who fall silent with the probability that the nets' logit times `slope` says. */
  function customers(heads: Float32Array, slope: number): CutRow[] {
    const chance = chanceOf(5);
    return [...silenceLogits(heads)].map((logit, i) => {
      const silent = chance() < 1 / (1 + Math.exp(-slope * logit - 0.3));
      const outcome = { silent: [silent, silent, silent] as const, spend: 0, purchaseDays: 0 };
      return { customer: String(i), outcome, recency: 1, spend365: 0 };
    });
  }

  it.each([0.8, 1, 1.4])('is found: %d', (slope) => {
    const heads = someHeads();
    expect(Math.abs(fitCalibrationSlope(heads, customers(heads, slope)) - slope)).toBeLessThan(0.15);
  });

  it('stays near 1 for a handful of customers, within bounds for wild ones, and is 1 for none', () => {
    const heads = someHeads();
    const few = heads.slice(0, 5 * width);
    expect(Math.abs(fitCalibrationSlope(few, customers(few, 1.4)) - 1)).toBeLessThan(0.3);
    const steep = fitCalibrationSlope(heads, customers(heads, 9));
    expect(steep).toBeGreaterThan(1.5);
    expect(steep).toBeLessThanOrEqual(1.8);
    expect(fitCalibrationSlope(heads, customers(heads, -9))).toBe(0.6);
    expect(fitCalibrationSlope(new Float32Array(), [])).toBe(1);
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
    expect(fitSpendPower(heads, spenders(heads, 4))).toBe(1.5);
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
