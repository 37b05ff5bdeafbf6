import { describe, expect, it } from 'vitest';
import { predictBeyondNets } from '../../../models/backtest/predict-beyond-nets.ts';
import { modelOutputs } from '../../../services/core/scoring/model-outputs.ts';

const count = 200;
const customers = Array.from({ length: count }, (_, i) => `c${i}`);
const closed = {
  active: Float64Array.from(customers, (_, i) => 0.05 + (0.9 * i) / count),
  purchaseDays: Float64Array.from(customers, (_, i) => 0.1 + i / 50),
  spend: Float64Array.from(customers, (_, i) => 1 + (i % 17)),
};
/** Silent at 30 days is silent for good, so that the first head is the logit of silence. */
const certain = 30;

function headsOf(silence: (customer: number) => number): Float32Array {
  const heads = new Float32Array(count * modelOutputs.length);
  customers.forEach((_, i) => heads.set([silence(i), certain, certain, 0, 0, 0, 0], i * modelOutputs.length));
  return heads;
}

function total(values: Iterable<number>): number {
  return [...values].reduce((sum, value) => sum + value, 0);
}

describe('predicting further than the nets look', () => {
  it('takes the closed form alone without nets', () => {
    const predictions = predictBeyondNets(customers, closed, null);
    expect(predictions.map(({ purchaseDays }) => purchaseDays)).toEqual([...closed.purchaseDays]);
    expect(predictions.map(({ churn }) => churn)).toEqual(Array.from(closed.active, (p) => 1 - p));
  });

  it('leaves purchase days and spend as they are where the nets order customers alike', () => {
    const heads = headsOf((i) => -0.7 * Math.log(closed.active[i] / (1 - closed.active[i])));
    predictBeyondNets(customers, closed, heads).forEach(({ purchaseDays, spendMean }, i) => {
      expect(purchaseDays).toBeCloseTo(closed.purchaseDays[i], 4);
      expect(spendMean).toBeCloseTo(closed.spend[i], 4);
    });
  });

  it('moves purchase days and spend with the probability, and keeps the sums', () => {
    const heads = headsOf((i) => (i % 2 === 0 ? 2 : -2));
    const predictions = predictBeyondNets(customers, closed, heads);
    expect(total(predictions.map(({ churn }) => 1 - churn))).toBeCloseTo(total(closed.active), 6);
    expect(total(predictions.map(({ purchaseDays }) => purchaseDays))).toBeCloseTo(total(closed.purchaseDays), 6);
    expect(total(predictions.map(({ spendMean }) => spendMean))).toBeCloseTo(total(closed.spend), 6);
    const moved = predictions.map(({ purchaseDays }, i) => purchaseDays / closed.purchaseDays[i]);
    for (let i = 2; i < count; i += 2) expect(moved[i]).toBeLessThan(moved[i - 1]);
  });
});
