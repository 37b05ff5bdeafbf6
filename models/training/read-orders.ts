import type { BusinessCalendar } from '../../services/core/events/business-day.ts';
import { toMinorUnits } from '../../services/core/events/money.ts';
import { openCsv } from '../files/open-csv.ts';
import { locateColumns, type ColumnMap, type OrderField } from './column-map.ts';
import { dataFileError } from './data-file-error.ts';
import type { Order } from './order.ts';
import { readTimestamp } from './read-timestamp.ts';

export interface ReadOrdersOptions {
  readonly columns: ColumnMap;
  readonly calendar: BusinessCalendar;
  /** Decimal digits of the currency's minor unit. */
  readonly exponent: number;
}

export interface ReadOrdersResult {
  readonly orders: Order[];
  /** Rows left out because their customer, timestamp or amount cannot be read. */
  readonly skipped: number;
  /** Why the first one was left out; null when none was. */
  readonly firstProblem: string | null;
}

/** A file with more unreadable rows than this share is refused: most likely it is mapped wrongly. */
const maxUnreadableShare = 0.01;

/**
 * Reads an order file (CSV with a header, `.gz` as well): one order per row, a negative amount is a cancellation.
 * @throws ERR_DATA_FILE when the file is missing, empty, lacks a column, is mostly unreadable or has a column `currency`
 * with several values
 */
export async function readOrders(file: string, options: ReadOrdersOptions): Promise<ReadOrdersResult> {
  const orders: Order[] = [];
  let positions: Record<OrderField, number> | null = null;
  let line = 0;
  let skipped = 0;
  let firstProblem: string | null = null;
  let currencyAt = -1;
  const currencies = new Set<string>();
  // one string per customer, not one per order
  const customers = new Map<string, string>();
  for await (const fields of openCsv(file)) {
    line += 1;
    if (positions === null) {
      positions = locateColumns(fields, options.columns, file);
      currencyAt = fields.findIndex((name) => /^currency(?:_code)?$/i.test(name.trim()));
      continue;
    }
    currencies.add(fields[currencyAt]?.trim() ?? '');
    const order = readOrder(fields, positions, options);
    if (typeof order !== 'string') orders.push({ ...order, customer: intern(order.customer, customers) });
    else {
      skipped += 1;
      firstProblem ??= `row ${line}: ${order}`;
    }
  }
  if (orders.length + skipped === 0)
    throw dataFileError(`${file} holds no orders; give a CSV file with a header and rows.`);
  refuseMixed(currencies, file);
  if (skipped > maxUnreadableShare * (orders.length + skipped)) {
    throw dataFileError(
      `${skipped} of ${orders.length + skipped} rows of ${file} cannot be read (${firstProblem}); check --map and the file.`,
    );
  }
  return { orders, skipped, firstProblem };
}

function intern(text: string, known: Map<string, string>): string {
  const first = known.get(text);
  if (first === undefined) known.set(text, text);
  return first ?? text;
}

/** Amounts are added up, so they have to be of one currency. */
function refuseMixed(currencies: Set<string>, file: string): void {
  currencies.delete('');
  if (currencies.size < 2) return;
  const names = [...currencies].sort().slice(0, 5).join(', ');
  throw dataFileError(
    `${file} holds amounts in several currencies (${names}); convert them to one, or give a file for each.`,
  );
}

function readOrder(
  fields: readonly string[],
  at: Record<OrderField, number>,
  { calendar, exponent }: ReadOrdersOptions,
): Order | string {
  const customer = fields[at.customer_id]?.trim() ?? '';
  if (customer === '') return 'the customer is empty';
  const day = readTimestamp(fields[at.timestamp] ?? '', calendar);
  if (day === null)
    return 'the timestamp is not in ISO form (2011-03-05 or 2011-03-05 14:30:00, with Z or an offset if any)';
  const amountMinor = toMinorUnits(fields[at.amount] ?? '', exponent);
  if (amountMinor === null) return 'the amount is not a decimal number';
  return { customer, day, amountMinor };
}
