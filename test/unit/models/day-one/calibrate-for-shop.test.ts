import { describe, expect, it } from 'vitest';
import { calibrateForShop } from '../../../../models/training/day-one/calibrate-for-shop.ts';
import { predictRows } from '../../../../models/training/predict-rows.ts';

/** Heads of customers who fall silent with these probabilities. */
function headsOf(...silent: readonly number[]): Float32Array {
  return Float32Array.from(silent.flatMap((p) => [Math.log(p / (1 - p)), 40, 40, 0, 0, 0, 0]));
}

function meanLogit(heads: Float32Array, active: readonly number[]): number {
  const [{ churn }] = predictRows(heads, calibrateForShop(heads, Float64Array.from(active)));
  return Math.log(churn.p90 / (1 - churn.p90));
}

describe("calibrating by a shop's closed form", () => {
  it('changes nothing where both agree, or where there is nobody', () => {
    expect(calibrateForShop(headsOf(0.2, 0.6), Float64Array.of(0.5, 0.7)).b).toBeCloseTo(0, 5);
    expect(calibrateForShop(new Float32Array(), new Float64Array()).b).toBe(0);
  });

  it('gives the mean probability of the closed form, and keeps the ranking', () => {
    expect(meanLogit(headsOf(0.5, 0.5), [0.2, 0.2])).toBeCloseTo(Math.log(4), 5);
    expect(meanLogit(headsOf(0.5, 0.5), [0.1, 0.3])).toBeCloseTo(Math.log(4), 5);
    const heads = headsOf(0.2, 0.4, 0.9);
    const churn = predictRows(heads, calibrateForShop(heads, Float64Array.of(0.9, 0.9, 0.9))).map(
      (one) => one.churn.p90,
    );
    expect(churn).toEqual(churn.toSorted((a, b) => a - b));
    expect(churn.reduce((sum, p) => sum + p, 0) / 3).toBeCloseTo(0.1, 6);
  });
});
