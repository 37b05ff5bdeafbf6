import type { PurchaseLines } from '../../services/core/actions/purchase-lines.ts';
import type { BusinessCalendar } from '../../services/core/events/business-day.ts';
import { dataFileError } from '../training/data-file-error.ts';
import { readTimestamp } from '../training/read-timestamp.ts';
import { readColumns } from '../files/read-columns.ts';
import type { LineColumns } from './line-columns.ts';

export interface ReadLines {
  readonly lines: PurchaseLines;
  /** Lines without a customer: they say nothing about anybody. */
  readonly anonymous: number;
  /** Lines that take something back (quantity 0 or below). */
  readonly returned: number;
  /** Lines left out because their time, item or quantity cannot be read, and why the first one was. */
  readonly skipped: number;
  readonly firstProblem: string | null;
}

/** A file with more unreadable lines than this share is refused: most likely it is mapped wrongly. */
const maxUnreadableShare = 0.01;

/**
 * Reads files of sales lines, one item per row, in any order.
 * @throws ERR_DATA_FILE when a file is missing, empty, lacks a column or is mostly unreadable, or nothing is left
 */
export async function readLines(
  files: readonly string[],
  columns: LineColumns,
  calendar: BusinessCalendar,
): Promise<ReadLines> {
  const customers = createNumbers();
  const items = createNumbers();
  const lines = { customer: [] as number[], item: [] as number[], day: [] as number[] };
  const counts = { anonymous: 0, returned: 0, skipped: 0, firstProblem: null as string | null };
  const names = [columns.customer_id, columns.timestamp, columns.item];
  if (columns.quantity !== null) names.push(columns.quantity);
  for (const file of files) {
    await readColumns(file, names, ([customer, time, item, quantity = '1'], row) => {
      const day = readTimestamp(time, calendar);
      const problem = findProblem(day, item, Number(quantity === '' ? NaN : quantity));
      if (problem !== null) {
        counts.skipped += 1;
        counts.firstProblem ??= `${file}, row ${row}: ${problem}`;
      } else if (customer === '') counts.anonymous += 1;
      else if (Number(quantity) <= 0) counts.returned += 1;
      else {
        lines.customer.push(customers.numberOf(customer));
        lines.item.push(items.numberOf(item));
        lines.day.push(day!);
      }
    });
  }
  assertReadable(files, counts, lines.day.length);
  return { lines: { customers: customers.names, items: items.names, ...lines }, ...counts };
}

function findProblem(day: number | null, item: string, quantity: number): string | null {
  if (day === null) return 'the timestamp is not in ISO form (2011-03-05 or 2011-03-05 14:30:00)';
  if (item === '') return 'the item is empty';
  return Number.isFinite(quantity) ? null : 'the quantity is not a number';
}

function assertReadable(files: readonly string[], counts: Omit<ReadLines, 'lines'>, read: number): void {
  const all = counts.skipped + counts.anonymous + counts.returned + read;
  if (counts.skipped > maxUnreadableShare * all)
    throw dataFileError(
      `${counts.skipped} of ${all} lines cannot be read (${counts.firstProblem}); check --map and the file.`,
    );
  if (read === 0)
    throw dataFileError(
      `${files.join(', ')}: no line names a customer who kept what was bought; check --map customer_id=… and quantity=….`,
    );
}

/** Numbers names in the order they come. */
function createNumbers() {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  return {
    names,
    numberOf(name: string): number {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, names.length);
      return names.push(name) - 1;
    },
  };
}
