import { describe, expect, it } from 'vitest';
import { buildCutTables } from '../../../models/training/build-cut-tables.ts';
import { fitGlm } from '../../../models/training/glm/fit-glm.ts';
import type { Order } from '../../../models/training/order.ts';
import { groupOrders } from '../../../models/training/order-history.ts';
import { measureSeason } from '../../../models/training/season/measure-season.ts';
import { yearAgoOf } from '../../../models/training/season/year-ago.ts';
import { seededBits } from '../../../models/training/seeded-bits.ts';

function chanceOf(seed: number): () => number {
  const bits = seededBits(seed);
  return () => (bits() >>> 0) / 2 ** 32;
}

/** Customers come in all the time and never leave; in the last quarter of each year everybody buys `boost` times as much. */
function ordersWithSeason(boost: number): Order[] {
  const chance = chanceOf(7);
  const orders: Order[] = [];
  for (let customer = 0; customer < 500; customer++) {
    const begins = Math.floor(chance() * 600);
    for (let day = begins; day < 900; day++) {
      const rate = (0.004 + 0.012 * (customer / 500)) * (day % 365 >= 275 ? boost : 1);
      if (chance() < rate)
        orders.push({ customer: `c${customer}`, day, amountMinor: 1000 + Math.floor(chance() * 4000) });
    }
  }
  return orders;
}

function seasonAt(boost: number, yearAgo: number) {
  const history = groupOrders(ordersWithSeason(boost), 900)!;
  const cuts = Array.from({ length: 14 }, (_, i) => 400 + i * 30);
  const options = { minorPerMajor: 100, horizonDays: 90 };
  const tables = buildCutTables(
    history,
    [yearAgo, ...cuts.filter((cut) => cut !== yearAgo)].sort((a, b) => a - b),
    options,
  );
  const isYearAgo = (table: (typeof tables)[number]) => table.cut === yearAgo;
  return measureSeason(
    tables.find(isYearAgo)!,
    yearAgo - history.firstDay,
    tables.filter((table) => !isYearAgo(table)),
  );
}

describe('the season of a year ago', () => {
  it('has the levels of the customers of its cut, and how far back that cut could see', () => {
    const season = seasonAt(3, 275);
    const orders = ordersWithSeason(3);
    const before = new Set(orders.filter(({ day }) => day < 275).map(({ customer }) => customer));
    const after = orders.filter(({ day, customer }) => day >= 275 && day < 365 && before.has(customer));
    const buyers = new Set(after.map(({ customer }) => customer)).size;
    expect(season.reachDays).toBe(275 - Math.min(...orders.map(({ day }) => day)));
    expect(season.churn).toBeCloseTo((before.size - buyers + 0.5) / (before.size + 1), 12);
    expect(season.spend).toBeCloseTo(after.reduce((sum, order) => sum + order.amountMinor, 0) / 100 / before.size, 9);
    const days = new Set(after.map(({ customer, day }) => `${customer} ${day}`)).size;
    expect(season.purchaseDays).toBeCloseTo(days / before.size, 12);
  });

  it('pulls customers neither apart nor together where buying has no season', () => {
    const season = seasonAt(1, 275);
    expect(season.scale).toBeGreaterThan(0.6);
    expect(season.scale).toBeLessThan(1.6);
  });

  it('is unknown where the history does not reach far enough behind it', () => {
    expect(yearAgoOf(1000, 1000 - 365 - 120)).toBe(635);
    expect(yearAgoOf(1000, 1000 - 365 - 119)).toBeNull();
  });
});

describe('a generalised linear model', () => {
  it('has the closed solution where there is one: one rate per group', () => {
    const design = Float64Array.of(1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1);
    const logit = fitGlm({ design, width: 2, y: Float64Array.of(1, 0, 0, 0, 1, 0) }, 'logit', [0, 0]);
    expect(logit[0]).toBeCloseTo(Math.log(1 / 3), 3);
    expect(logit[1]).toBeCloseTo(0, 3);
    const log = fitGlm({ design, width: 2, y: Float64Array.of(1, 2, 3, 4, 5, 7) }, 'log', [0, 0]);
    expect(log[0]).toBeCloseTo(Math.log(2.5), 4);
    expect(log[1]).toBeCloseTo(Math.log(6), 4);
  });

  it('finds the mean of each group with the variance of Tweedie, too, and lets small amounts count', () => {
    const design = Float64Array.of(1, 0, 1, 0, 1, 0, 0, 1, 0, 1);
    const found = fitGlm({ design, width: 2, y: Float64Array.of(0, 2, 4, 90, 110) }, 'tweedie', [0, 0]);
    expect(found[0]).toBeCloseTo(Math.log(2), 4);
    expect(found[1]).toBeCloseTo(Math.log(100), 4);
    // y grows as x squared below 100, and as x above it, where nearly all of the sum is
    const x = Array.from({ length: 400 }, (_, i) => Math.exp(i / 40));
    const y = Float64Array.from(x, (value) => (value < 100 ? value ** 2 / 100 : value));
    const lines = Float64Array.from(x.flatMap((value) => [Math.log(value), 1]));
    const tweedie = fitGlm({ design: lines, width: 2, y }, 'tweedie', [1, 0])[0];
    const poisson = fitGlm({ design: lines, width: 2, y }, 'log', [1, 0])[0];
    expect(tweedie).toBeGreaterThan(poisson);
    expect(poisson).toBeGreaterThan(1);
  });

  it('stays finite where the groups are separated', () => {
    const design = Float64Array.of(1, -3, 1, -2, 1, 2, 1, 3);
    const found = fitGlm({ design, width: 2, y: Float64Array.of(0, 0, 1, 1) }, 'logit', [0, 0]);
    expect(found.every(Number.isFinite)).toBe(true);
    expect(found[1]).toBeGreaterThan(1);
  });
});
