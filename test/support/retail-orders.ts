import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import { currencyExponent, toMinorUnits } from '../../services/core/events/money.ts';
import { aRecord } from './builders.ts';

const folder = new URL('../../../shared/data/online-retail-ii/', import.meta.url);

export type Row = Readonly<Record<string, string>>;

/** Where the real orders of Online Retail II lie beside the checkout, and whether they do. */
export const retailOrders = {
  timezone: 'Europe/London',
  orders: new URL('orders_2009-12-01_2011-09-09.csv.gz', folder),
  reference: new URL('reference_features_2011-09-10.csv.gz', folder),
  get isThere(): boolean {
    return existsSync(this.orders) && existsSync(this.reference);
  },
} as const;

export function readRows(file: URL): Row[] {
  return parse(gunzipSync(readFileSync(file)), { columns: true });
}

/** A row of the orders as the record that an import makes of it. */
export function retailRecord(row: Row): CustomerRecord {
  const isCancelled = row['cancel'] === '1';
  const occurredAt = DateTime.fromSQL(row['ts'], { zone: retailOrders.timezone }).toMillis();
  return aRecord({
    eventId: `${row['Invoice']}:${row['CustomerID']}:${row['cancel']}`,
    source: 'online-retail',
    surrogate: row['CustomerID'],
    type: isCancelled ? 'order.cancelled' : 'order.placed',
    reportingAmountMinor: toMinorUnits(row['amount'], currencyExponent('GBP')!),
    occurredAt,
    receivedAt: Date.UTC(2011, 8, 10),
    historical: true,
  });
}
