import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import { epochDayFromIso } from '../../services/core/events/epoch-day.ts';
import { applyRecord } from '../../services/core/features/apply-record.ts';
import { closeDay } from '../../services/core/features/close-day.ts';
import type { CustomerState } from '../../services/core/features/customer-state.ts';
import { emptyState } from '../../services/core/features/empty-state.ts';
import { featureIndex } from '../../services/core/features/feature-catalogue.ts';
import { orderFreeBytes, testContext, vectorOf } from '../support/fold-history.ts';
import { readRows, retailOrders, retailRecord, type Row } from '../support/retail-orders.ts';

const { orders: ordersFile, reference: referenceFile, isThere: hasData } = retailOrders;
const lastDay = epochDayFromIso('2011-09-09');

/** Reference column -> feature. Counts must be equal, everything else within 1e-6. */
const columns: Readonly<Record<string, string>> = {
  n_days: 'purchase_days', n_inv: 'orders', amount: 'spend', amount_mean: 'spend_per_purchase_day',
  recency: 'recency_days', tenure: 'tenure_days', gap_mean: 'gap_mean', gap_std: 'gap_sd', gap_last: 'gap_last',
  gap_max: 'gap_max', rec_over_gap: 'recency_over_gap', cancels: 'cancellations', cancel_amt: 'cancelled_amount',
  cancels_90: 'cancellations_90', n_30: 'purchase_days_30', amt_30: 'spend_30', n_60: 'purchase_days_60',
  amt_60: 'spend_60', n_90: 'purchase_days_90', amt_90: 'spend_90', n_180: 'purchase_days_180',
  amt_180: 'spend_180', n_365: 'purchase_days_365', amt_365: 'spend_365', n_sameseason: 'purchase_days_same_season',
  amt_sameseason: 'spend_same_season', last_amount: 'spend_last_day',
}; // prettier-ignore

/** Columns over the whole life that a feature has for a year: equal where the life is no longer. */
const yearColumns: Readonly<Record<string, string>> = { amount_max: 'spend_day_max_365' };
const counts = /^(?:n_|cancels|recency$|tenure$|gap_last|gap_max)/;

function foldOrders(records: readonly CustomerRecord[]): Map<string, CustomerState> {
  const states = new Map<string, CustomerState>();
  records.forEach((record, offset) => {
    const state = states.get(record.surrogate) ?? emptyState();
    states.set(record.surrogate, state);
    const { result } = applyRecord(state, record, { epoch: 1, partition: 0, offset }, testContext);
    expect(result).toBe('applied');
  });
  for (const state of states.values()) closeDay(state, lastDay);
  return states;
}

function differences(states: ReadonlyMap<string, CustomerState>, reference: readonly Row[]): string[] {
  const found: string[] = [];
  for (const row of reference) {
    const vector = vectorOf(states.get(row['CustomerID'])!);
    const isOfOneYear = Number(row['tenure']) <= 365;
    for (const [column, name] of Object.entries({ ...columns, ...(isOfOneYear ? yearColumns : {}) })) {
      const actual = vector[featureIndex(name)!];
      const expected = row[column] === '' ? Number.NaN : Number(row[column]);
      const isEqual = Object.is(actual, expected) || Math.abs(actual - expected) <= (counts.test(column) ? 0 : 1e-6);
      if (!isEqual) found.push(`customer ${row['CustomerID']} ${column}: ${actual}, reference ${expected}`);
    }
  }
  return found;
}

function shuffle<T>(values: readonly T[], seed: number): T[] {
  const random = xoroshiro128plus(seed);
  const result = [...values];
  for (let last = result.length - 1; last > 0; last--) {
    const other = uniformInt(random, 0, last);
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
}

describe('features of the real orders at 2011-09-10', () => {
  it.skipIf(!hasData)('equal the batch reference for every shared column (needs ../shared/data)', () => {
    const reference = readRows(referenceFile);
    expect(reference).toHaveLength(4_317);
    const records = readRows(ordersFile).map(retailRecord);
    expect(records).toHaveLength(37_086);
    const states = foldOrders(records);
    expect(differences(states, reference)).toEqual([]);
  });

  it.skipIf(!hasData)('do not depend on the order in which the orders arrive (needs ../shared/data)', () => {
    const records = readRows(ordersFile).map(retailRecord);
    const inFileOrder = foldOrders(records);
    const shuffled = foldOrders(shuffle(records, 20110910));
    expect(differences(shuffled, readRows(referenceFile))).toEqual([]);
    for (const [customer, state] of inFileOrder) {
      expect(orderFreeBytes(shuffled.get(customer)!).equals(orderFreeBytes(state))).toBe(true);
    }
  });
});
