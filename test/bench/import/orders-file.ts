import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const linesAtOnce = 1_000;
const minute = 60_000;
const firstDay = Date.UTC(2024, 0, 1);

/** Columns by field, for `--map`. */
export const ordersMap = 'customer_id=Customer,timestamp=When,amount=Amount,orderId=Order,product=Product';

/** Writes a CSV file of two years of orders and cancellations, the same one every time. */
export async function writeOrders(file: string, rows: number, customers: number): Promise<void> {
  await pipeline(Readable.from(pieces(rows, customers)), createWriteStream(file));
}

function* pieces(rows: number, customers: number): Generator<string> {
  yield 'Order,Customer,When,Amount,Product,Country\n';
  for (let start = 0; start < rows; start += linesAtOnce) {
    const count = Math.min(linesAtOnce, rows - start);
    yield Array.from({ length: count }, (_, i) => lineOf(start + i, rows, customers)).join('');
  }
}

function lineOf(row: number, rows: number, customers: number): string {
  const when = new Date(firstDay + Math.floor((row / rows) * 730 * 24 * 60) * minute).toISOString();
  const amount = ((row * 7_919) % 20_000) / 100 + 0.5;
  const signed = row % 25 === 24 ? -amount : amount;
  return `order-${row},customer-${(row * 31) % customers},${when},${signed.toFixed(2)},"Article ${row % 400}, boxed",United Kingdom\n`;
}
