import { describe, expect, it } from 'vitest';
import type { Calibration } from '../../../../services/core/scoring/model-manifest.ts';
import { readHeads } from '../../../../services/core/scoring/read-heads.ts';

const identity: Calibration = {
  method: 'identity',
  a: 1,
  b: 0,
  spendPower: 1,
  spendFactor: 1,
  countFactor: 1,
  sigmaCap: 1.5,
};
/** softplus of this is 1. */
const sigmaOne = Math.log(Math.E - 1);

function logit(p: number): number {
  return Math.log(p / (1 - p));
}

describe('reading the heads of a model', () => {
  it('multiplies the conditional steps of silence', () => {
    const { churn } = readHeads([logit(0.8), logit(0.5), logit(0.25), 0, 0, 0], 0, identity);
    expect(churn.p30).toBeCloseTo(0.8, 12);
    expect(churn.p60).toBeCloseTo(0.4, 12);
    expect(churn.p90).toBeCloseTo(0.1, 12);
  });

  it('calibrates the logit of 90 days, and leaves how soon a purchase comes, if one does', () => {
    const heads = [logit(0.8), logit(0.5), logit(0.25), 0, 0, 0, 0];
    const { churn } = readHeads(heads, 0, { ...identity, a: 0.5, b: -1 });
    expect(logit(churn.p90)).toBeCloseTo(0.5 * logit(0.1) - 1, 12);
    expect((1 - churn.p60) / (1 - churn.p90)).toBeCloseTo(0.6 / 0.9, 12);
    expect((1 - churn.p30) / (1 - churn.p60)).toBeCloseTo(0.2 / 0.6, 12);
  });

  it('gives the geometric mean of the two means of spend', () => {
    const heads = [logit(0.5), logit(0.5), logit(0.8), 3, sigmaOne, 0, 2];
    expect(readHeads(heads, 0, identity).expectedSpend.mean).toBeCloseTo(
      Math.sqrt(0.8 * Math.exp(3.5) * Math.exp(2)),
      8,
    );
  });

  it('does not stretch the mean of spend by the calibration of churn', () => {
    const heads = [logit(0.5), logit(0.5), logit(0.8), 3, sigmaOne, 0, 2];
    const plain = readHeads(heads, 0, identity).expectedSpend.mean;
    expect(readHeads(heads, 0, { ...identity, a: 1.4, b: -0.5 }).expectedSpend.mean).toBe(plain);
  });

  it('gives the median: half of the probability lies below it', () => {
    // P90 = .2, so the median is the (.5 - .2) / .8 = .375 quantile of the log-normal
    const { expectedSpend } = readHeads([logit(0.5), logit(0.5), logit(0.8), 3, sigmaOne, 0, 3], 0, identity);
    expect(expectedSpend.median).toBeCloseTo(Math.exp(3 - 0.31863936396437514), 6);
  });

  it('gives a median of nothing where no purchase is as likely as one', () => {
    const { expectedSpend } = readHeads([logit(0.8), 50, 50, 3, sigmaOne, 0, 3], 0, identity);
    expect(expectedSpend.median).toBe(0);
    expect(expectedSpend.mean).toBeGreaterThan(0);
  });

  it('scales the mean by the spend factor, and purchase days by theirs', () => {
    const heads = [logit(0.1), 0, 0, 3, sigmaOne, 0, 3];
    const plain = readHeads(heads, 0, identity);
    const scaled = readHeads(heads, 0, { ...identity, spendFactor: 2, countFactor: 3 });
    expect(scaled.expectedSpend).toEqual({ mean: plain.expectedSpend.mean * 2, median: plain.expectedSpend.median });
    expect(scaled.expectedPurchases).toBe(plain.expectedPurchases * 3);
  });

  it('caps the spread of the spend', () => {
    const wide = readHeads([0, 0, 0, 3, 40, 0, 3], 0, identity);
    const capped = readHeads([0, 0, 0, 3, 1.4, 0, 3], 0, { ...identity, sigmaCap: 1.5 });
    expect(wide.expectedSpend.mean).toBeCloseTo(Math.sqrt(0.875 * Math.exp(3 + 1.125) * Math.exp(3)), 8);
    expect(capped.expectedSpend.mean).toBeCloseTo(wide.expectedSpend.mean, 8);
  });

  it('counts at most one purchase day per day', () => {
    expect(readHeads([0, 0, 0, 0, 0, Math.log(3), 0], 0, identity).expectedPurchases).toBeCloseTo(3, 12);
    expect(readHeads([0, 0, 0, 0, 0, 8, 0], 0, identity).expectedPurchases).toBe(90);
    expect(readHeads([0, 0, 0, 0, 0, 8, 0], 0, identity, 273).expectedPurchases).toBe(273);
  });

  it('stays exact where logits are far out', () => {
    const { churn } = readHeads([-800, 0, 0, 0, 0, 0, 0], 0, identity);
    expect(churn.p30).toBeLessThan(1e-300);
    expect(readHeads([800, 800, 800, 0, 0, 0, 0], 0, identity).churn).toEqual({ p30: 1, p60: 1, p90: 1 });
  });

  it('reads the row it is given', () => {
    const rows = Float32Array.of(9, 9, 9, 9, 9, 9, 9, 0, 0, 0, 0, 0, 0, 0);
    const { churn } = readHeads(rows, 7, identity);
    expect(churn.p30).toBeCloseTo(0.5, 12);
    expect(churn.p90).toBeCloseTo(0.125, 12);
  });
});
