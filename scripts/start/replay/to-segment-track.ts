import { DateTime } from 'luxon';
import { EngineError } from '../../../services/core/errors.ts';
import type { CsvRow } from './read-csv.ts';

/** Columns without which a row is no order. */
export const orderColumns = ['ts', 'CustomerID', 'Invoice', 'cancel', 'amount'] as const;

/** One message of Segment's batch call. */
export interface TrackMessage {
  readonly type: 'track';
  readonly messageId: string;
  readonly userId: string;
  readonly event: 'Order Completed' | 'Order Cancelled';
  readonly timestamp: string;
  readonly properties: Readonly<Record<string, string | number>>;
  readonly context: { readonly tidewatch: { readonly historical: true; readonly importId: string } };
}

export interface TrackContext {
  /** IANA name: the rows carry local time. */
  readonly timezone: string;
  readonly currency: string;
  readonly importId: string;
}

/**
 * An order row as the shop's own integration would have sent it: id `Invoice:CustomerID:cancel`, time in UTC, the amount
 * as it stands (a cancellation's sign is ingest's to give).
 */
export function toSegmentTrack(row: CsvRow, context: TrackContext): TrackMessage {
  const { ts, CustomerID, Invoice, cancel, amount } = row as Record<(typeof orderColumns)[number], string>;
  const at = DateTime.fromSQL(ts, { zone: context.timezone });
  if (!at.isValid) throw unreadable(`time "${ts}"`, row);
  const total = Math.abs(Number(amount));
  if (amount === '' || !Number.isFinite(total)) throw unreadable(`amount "${amount}"`, row);
  return {
    type: 'track',
    messageId: `${Invoice}:${CustomerID}:${cancel}`,
    userId: CustomerID,
    event: cancel === '1' ? 'Order Cancelled' : 'Order Completed',
    timestamp: at.toUTC().toISO(),
    properties: { orderId: Invoice, total, currency: context.currency, ...optionalNumbers(row) },
    context: { tidewatch: { historical: true, importId: context.importId } },
  };
}

function optionalNumbers(row: CsvRow): Record<string, number> {
  const names = ['units', 'lines', 'skus'].filter((name) => row[name] !== undefined && row[name] !== '');
  return Object.fromEntries(names.map((name) => [name, Number(row[name])]));
}

function unreadable(what: string, row: CsvRow): EngineError {
  const message = `The order of invoice ${row['Invoice']} has an unreadable ${what}; mend the row and replay again.`;
  return new EngineError('ERR_DATA_FILE', message, { retryable: false });
}
