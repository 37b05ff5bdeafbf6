import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it, vi } from 'vitest';
import { customerVectors } from '../../models/backtest/customer-vectors.ts';
import { predictClosedForm } from '../../models/backtest/predict-closed-form.ts';
import { valueCustomers } from '../../models/backtest/value-customers.ts';
import { fitClosedForm } from '../../models/training/fit-closed-form.ts';
import type { Order } from '../../models/training/order.ts';
import { groupOrders } from '../../models/training/order-history.ts';
import { epochDayFromIso } from '../../services/core/events/epoch-day.ts';
import { hasCdnow } from '../support/cdnow.ts';
import { measureCoverage, type Coverage } from '../support/measure-coverage.ts';
import { readRows, retailOrders } from '../support/retail-orders.ts';

// Fits take seconds, on a busy machine a minute; that is no fault.
vi.setConfig({ testTimeout: 180_000 });

const currency = 'GBP';
const nearDays = 90;

function toOrder(customer: string, date: string, amount: string): Order {
  return { customer, day: epochDayFromIso(date.slice(0, 10)), amountMinor: Math.round(Number(amount) * 100) };
}

function readCdnow(): Order[] {
  const file = new URL('../../../shared/data/cdnow/cdnow_sample_1997-01_1998-06.csv', import.meta.url);
  const rows = parse<Record<string, string>>(readFileSync(file), { columns: true });
  return rows.map((row) => toOrder(row['customer_id'], row['date'], row['dollars']));
}

/** Fitted, and level and shape predicted, from the orders before the cut alone: no net, the closed form throughout. */
function measure(orders: readonly Order[], cut: string, horizonDays: number): Coverage {
  const until = epochDayFromIso(cut);
  const history = groupOrders(orders, until)!;
  const closedForm = fitClosedForm(history, 'bg-nbd', { at: until, horizonDays: nearDays, minorPerMajor: 100 })!;
  const bought = (order: Order): boolean => order.amountMinor >= 0;
  const customers = [...history.customers].flatMap(([customer, own]) =>
    own.some((order) => bought(order) && order.day < until && order.day >= until - 365) ? [customer] : [],
  );
  const raw = customerVectors(history, customers, { cut: until, minorPerMajor: 100 });
  const { active, spend, purchaseDays } = predictClosedForm(raw, closedForm, until - history.firstDay);
  const predictions = customers.map((customer, i) => ({
    customer, churn: 1 - active[i], spendMean: spend[i], spendMedian: 0, purchaseDays: purchaseDays[i],
  })); // prettier-ignore
  const outlook = { parameters: closedForm.parameters, nearDays, seasonFactor: 1 };
  const settings = { margin: 1, discountRate: 0, horizonDays, coverage: 0.8, drift: 0.1 };
  const values = valueCustomers(orders, { predictions, outlook }, settings, { until, currency });
  const spent = new Map<string, number>();
  for (const order of orders) {
    if (!bought(order) || order.day < until || order.day >= until + horizonDays) continue;
    spent.set(order.customer, (spent.get(order.customer) ?? 0) + order.amountMinor / 100);
  }
  return measureCoverage(values, customers.map((customer) => spent.get(customer) ?? 0)); // prettier-ignore
}

/** The rows of docs/reference/lifetime-value.md: cut, days, customers, covered, of those above zero, sum ratio. */
const retail = [
  ['2010-05-10', 365, 2513, 0.847, 0.819, 1.022],
  ['2010-07-10', 365, 3035, 0.853, 0.804, 1.069],
  ['2010-09-10', 365, 3373, 0.84, 0.8, 1.051],
  ['2010-09-10', 180, 3373, 0.794, 0.795, 0.91],
  ['2011-03-10', 180, 4289, 0.896, 0.832, 1.231],
  ['2010-09-10', 90, 3373, 0.682, 0.712, 0.671],
  ['2011-06-12', 90, 4330, 0.874, 0.851, 1.111],
] as const;

function expectRow(measured: Coverage, [customers, covered, coveredAboveZero, sumRatio]: readonly number[]): void {
  expect(measured.customers).toBe(customers);
  expect(measured.covered).toBeCloseTo(covered, 2);
  expect(measured.coveredAboveZero).toBeCloseTo(coveredAboveZero, 2);
  expect(measured.sumRatio).toBeCloseTo(sumRatio, 2);
}

describe.skipIf(!retailOrders.isThere)('80 % intervals on Online Retail II (needs ../shared/data)', () => {
  const orders = retailOrders.isThere
    ? readRows(retailOrders.orders).map((row) => toOrder(row['CustomerID'], row['ts'], row['amount']))
    : [];

  it.each(retail)('of %s, %d days ahead, hold what the docs say', (cut, days, ...row) => {
    expectRow(measure(orders, cut, days), row);
  });
});

describe.skipIf(!hasCdnow)('80 % intervals on the CDNOW sample (needs ../shared/data)', () => {
  it('of 39 weeks ahead hold what the docs say', () => {
    expectRow(measure(readCdnow(), '1997-10-01', 273), [2357, 0.823, 0.842, 0.829]);
  });
});
