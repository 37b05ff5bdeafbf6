import { describe, expect, it } from 'vitest';
import type { CutRow } from '../../../../models/training/cut-table.ts';
import { calibrateForShop, type PastWindow } from '../../../../models/training/day-one/calibrate-for-shop.ts';
import { identityCalibration } from '../../../../models/training/identity-calibration.ts';
import { predictRows } from '../../../../models/training/predict-rows.ts';

/** A window in which every customer has the heads of a fair coin, and the first `silent` of them bought nothing. */
function aWindow(rows: number, silent: number, spend = 10): PastWindow {
  const coin = [0, 40, 40, Math.log(spend) - 0.5, 0.5413, Math.log(0.5), Math.log(spend / 2)];
  const outcome = (i: number): CutRow['outcome'] =>
    i < silent
      ? { silent: [true, true, true], spend: 0, purchaseDays: 0 }
      : { silent: [false, false, false], spend, purchaseDays: 1 };
  return {
    heads: Float32Array.from({ length: rows * coin.length }, (_, i) => coin[i % coin.length]),
    rows: Array.from({ length: rows }, (_, i) => ({ customer: `${i}`, outcome: outcome(i), recency: 1, spend365: 0 })),
  };
}

describe("calibrating on a shop's past windows", () => {
  it('changes nothing without one, and nothing where the model was right', () => {
    expect(calibrateForShop([])).toMatchObject({ a: 1, b: 0, spendFactor: 1, countFactor: 1 });
    const { b, spendFactor, countFactor } = calibrateForShop([aWindow(1000, 500)]);
    for (const figure of [b, Math.log(spendFactor), Math.log(countFactor)]) expect(Math.abs(figure)).toBeLessThan(0.01);
  });

  it('moves probabilities, spend and purchase days towards what happened, half the way at most', () => {
    const window = aWindow(4000, 2800);
    const calibration = calibrateForShop([window]);
    const [{ churn, expectedSpend, expectedPurchases }] = predictRows(window.heads.subarray(0, 7), calibration);
    const [before] = predictRows(window.heads.subarray(0, 7), identityCalibration);
    expect(churn.p90).toBeGreaterThan(0.55);
    expect(churn.p90).toBeLessThan(0.61);
    expect(expectedSpend.mean).toBeLessThan(before.expectedSpend.mean);
    expect(expectedPurchases).toBeGreaterThan(0.3);
    expect(expectedPurchases).toBeLessThan(0.5);
  });

  it('believes many customers more than few, and nobody without bound', () => {
    const shifts = [20, 200, 2000].map((rows) => calibrateForShop([aWindow(rows, rows * 0.8)]).b);
    expect(shifts).toEqual(shifts.toSorted((a, b) => a - b));
    expect(calibrateForShop([aWindow(100_000, 100_000)]).b).toBe(1);
    expect(calibrateForShop([aWindow(100_000, 100_000)]).spendFactor).toBe(1);
  });
});
