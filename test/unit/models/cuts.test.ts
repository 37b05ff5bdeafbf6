import { describe, expect, it } from 'vitest';
import { buildCutTables } from '../../../models/training/build-cut-tables.ts';
import { minTrainingDays, planCuts } from '../../../models/training/cut-plan.ts';
import { isActive } from '../../../models/training/cut-table.ts';
import type { Order } from '../../../models/training/order.ts';
import { groupOrders } from '../../../models/training/order-history.ts';
import { labelDays, rollingCuts } from '../../../models/training/rolling-cuts.ts';
import { featureIndex, featureNames } from '../../../services/core/features/feature-catalogue.ts';
import { makeSyntheticOrders } from '../../support/synthetic-orders.ts';

function tablesOf(orders: readonly Order[], cuts: readonly number[], until = 1000) {
  return buildCutTables(groupOrders(orders, until)!, cuts, 100);
}

describe('rolling cuts', () => {
  it('go back every 30 days from the last complete label window', () => {
    expect(rollingCuts(0, 400)).toEqual([130, 160, 190, 220, 250, 280, 310]);
  });

  it('are none where the history is short', () => {
    expect(rollingCuts(0, 200)).toEqual([]);
  });
});

describe('the plan of the cuts', () => {
  it('never lets the label window of a training cut reach past the cut it is judged on', () => {
    for (let until = minTrainingDays; until < 900; until += 7) {
      const plan = planCuts(rollingCuts(0, until))!;
      expect(plan.newest + labelDays).toBe(until);
      expect(Math.max(...plan.train) + labelDays).toBeLessThanOrEqual(plan.newest);
      expect(Math.max(...plan.rehearsalTrain) + labelDays).toBeLessThanOrEqual(plan.rehearsalTune);
      expect(plan.train).toContain(plan.rehearsalTune);
    }
  });

  it('is none below the days it says it needs', () => {
    expect(planCuts(rollingCuts(0, minTrainingDays))).not.toBeNull();
    expect(planCuts(rollingCuts(0, minTrainingDays - 1))).toBeNull();
    expect(planCuts([])).toBeNull();
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
    const [{ raw }] = tablesOf(orders, [200]);
    expect(raw[featureIndex('orders')!]).toBe(2);
    expect(raw[featureIndex('recency_days')!]).toBe(1);
    expect(raw[featureIndex('spend')!]).toBe(15);
    expect(raw[featureIndex('cancellations')!]).toBe(0);
  });

  it('see in their outcome the 90 days from the cut on', () => {
    const [{ rows }] = tablesOf(orders, [200]);
    expect(rows[0].outcome).toEqual({ silent30: false, silent60: false, silent90: false, spend: 10, purchaseDays: 2 });
  });

  it.each([
    [201, [true, false, false]],
    [246, [true, false, false]],
    [216, [false, false, false]],
    [230, [false, false, false]],
    [291, [true, true, true]],
  ])('tell at day %d after how many days of silence a purchase comes', (cut, expected) => {
    const [{ rows }] = tablesOf(orders, [cut]);
    const { silent30, silent60, silent90 } = rows[0].outcome;
    expect([silent30, silent60, silent90]).toEqual(expected);
  });

  it('do not count a cancellation as a purchase', () => {
    const [{ rows }] = tablesOf([orders[0], { customer: 'a', day: 210, amountMinor: -1000 }], [200]);
    expect(rows[0].outcome).toEqual({ silent30: true, silent60: true, silent90: true, spend: 0, purchaseDays: 0 });
  });

  it('have the same features whatever happens from the cut on', () => {
    const all = makeSyntheticOrders({ customers: 60, days: 700, seed: 5 });
    const cuts = [200, 320, 470];
    const whole = tablesOf(all, cuts);
    for (const [i, cut] of cuts.entries()) {
      const before = all.filter((order) => order.day < cut);
      const alone = tablesOf(before, [cut])[0];
      expect(whole[i].rows.map((row) => row.customer)).toEqual(alone.rows.map((row) => row.customer));
      expect(whole[i].raw).toEqual(alone.raw);
      expect(alone.rows.every((row) => row.outcome.silent90)).toBe(true);
    }
  });

  it('do not depend on the order of the file', () => {
    const all = makeSyntheticOrders({ customers: 40, days: 400, seed: 6 });
    expect(tablesOf(all.toReversed(), [200, 300])).toEqual(tablesOf(all, [200, 300]));
  });

  it('are made for lapsed customers and for those who only cancelled, but not for strangers', () => {
    const [{ rows, raw }] = tablesOf(
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
    expect(raw).toHaveLength(2 * featureNames.length);
    expect(raw[featureNames.length + featureIndex('recency_days')!]).toBeNaN();
  });

  it('know nothing of orders from --until on', () => {
    expect(groupOrders(orders, 200)!.lastDay).toBe(199);
    expect(groupOrders(orders, 100)).toBeNull();
  });
});
