import { describe, expect, it } from 'vitest';
import { buildCutTables } from '../../../models/training/build-cut-tables.ts';
import { minTrainingDays, planCuts } from '../../../models/training/cut-plan.ts';
import { isActive } from '../../../models/training/cut-table.ts';
import type { Order } from '../../../models/training/order.ts';
import { groupOrders } from '../../../models/training/order-history.ts';
import { rollingCuts } from '../../../models/training/rolling-cuts.ts';
import { featureIndex, featureNames } from '../../../services/core/features/feature-catalogue.ts';
import { makeSyntheticOrders } from '../../support/synthetic-orders.ts';

const horizonDays = 90;
const needed = minTrainingDays(horizonDays);

function tablesOf(orders: readonly Order[], cuts: readonly number[], until = 1000) {
  return buildCutTables(groupOrders(orders, until)!, cuts, { minorPerMajor: 100, horizonDays });
}

describe('rolling cuts', () => {
  it('go back every 30 days from the last complete label window', () => {
    expect(rollingCuts(0, 400, horizonDays)).toEqual([130, 160, 190, 220, 250, 280, 310]);
  });

  it('are none where the history is short', () => {
    expect(rollingCuts(0, 200, horizonDays)).toEqual([]);
  });
});

describe('the plan of the cuts', () => {
  it.each([30, 90, 180])('never lets a label window of %d days reach past the cut that judges it', (days) => {
    for (let until = minTrainingDays(days); until < 900; until += 7) {
      const { train, newest, rehearsalTrain, tune, probeTrain } = planCuts(rollingCuts(0, until, days), days)!;
      expect(newest + days).toBe(until);
      expect(train.at(-1)).toBe(newest);
      expect(Math.max(...rehearsalTrain) + days).toBeLessThanOrEqual(newest);
      expect(rehearsalTrain.at(-1)).toBe(tune);
      expect(Math.max(...probeTrain) + days).toBeLessThanOrEqual(tune);
    }
  });

  it('is none below the days it says it needs', () => {
    const planOf = (until: number) => planCuts(rollingCuts(0, until, horizonDays), horizonDays);
    expect(planOf(needed)).not.toBeNull();
    expect(planOf(needed - 1)).toBeNull();
    expect(planCuts([], horizonDays)).toBeNull();
  });
});

describe('the rows of a cut', () => {
  const orders: Order[] = [
    { customer: 'a', day: 100, amountMinor: 1000 },
    { customer: 'a', day: 199, amountMinor: 500 },
    { customer: 'a', day: 200, amountMinor: 700 },
    { customer: 'a', day: 245, amountMinor: 300 },
    { customer: 'a', day: 245, amountMinor: -300 },
    { customer: 'a', day: 290, amountMinor: 99_900 },
  ];

  it('see in their features what lies before the cut', () => {
    const raw = tablesOf(orders, [200])[0].vectors.unpack();
    expect(raw[featureIndex('orders')!]).toBe(2);
    expect(raw[featureIndex('recency_days')!]).toBe(1);
    expect(raw[featureIndex('spend')!]).toBe(15);
    expect(raw[featureIndex('cancellations')!]).toBe(0);
  });

  it('see in their outcome the 90 days from the cut on', () => {
    const [{ rows }] = tablesOf(orders, [200]);
    expect(rows[0].outcome).toEqual({ silent: [false, false, false], spend: 10, purchaseDays: 2 });
  });

  it.each([
    [201, [true, false, false]],
    [246, [true, false, false]],
    [216, [false, false, false]],
    [230, [false, false, false]],
    [291, [true, true, true]],
  ])('tell at day %d after how many days of silence a purchase comes', (cut, expected) => {
    const [{ rows }] = tablesOf(orders, [cut]);
    expect(rows[0].outcome.silent).toEqual(expected);
  });

  it('do not count a cancellation as a purchase', () => {
    const [{ rows }] = tablesOf([orders[0], { customer: 'a', day: 210, amountMinor: -1000 }], [200]);
    expect(rows[0].outcome).toEqual({ silent: [true, true, true], spend: 0, purchaseDays: 0 });
  });

  it('have the same features whatever happens from the cut on', () => {
    const all = makeSyntheticOrders({ customers: 60, days: 700, seed: 5 });
    const cuts = [200, 320, 470];
    const whole = tablesOf(all, cuts);
    for (const [i, cut] of cuts.entries()) {
      const before = all.filter((order) => order.day < cut);
      const alone = tablesOf(before, [cut])[0];
      expect(whole[i].rows.map((row) => row.customer)).toEqual(alone.rows.map((row) => row.customer));
      expect(whole[i].vectors.unpack()).toEqual(alone.vectors.unpack());
      expect(alone.rows.every((row) => row.outcome.silent[2])).toBe(true);
    }
  });

  it('do not depend on the order of the file', () => {
    const all = makeSyntheticOrders({ customers: 40, days: 400, seed: 6 });
    expect(tablesOf(all.toReversed(), [200, 300])).toEqual(tablesOf(all, [200, 300]));
  });

  it('are made for lapsed customers and for those who only cancelled, but not for strangers', () => {
    const [{ rows, vectors }] = tablesOf(
      [
        { customer: 'lapsed', day: 500, amountMinor: 100 },
        { customer: 'only-cancelled', day: 890, amountMinor: -100 },
        { customer: 'long-gone', day: 400, amountMinor: 100 },
        { customer: 'not-yet', day: 950, amountMinor: 100 },
      ],
      [900],
    );
    expect(rows.map((row) => row.customer)).toEqual(['lapsed', 'only-cancelled']);
    expect(rows.map(isActive)).toEqual([false, false]);
    const raw = vectors.unpack();
    expect(raw).toHaveLength(2 * featureNames.length);
    expect(raw[featureNames.length + featureIndex('recency_days')!]).toBeNaN();
  });

  it('know nothing of orders from --until on', () => {
    expect(groupOrders(orders, 200)!.lastDay).toBe(199);
    expect(groupOrders(orders, 100)).toBeNull();
  });
});
