import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { seededBits } from '../../../models/training/seeded-bits.ts';

export interface OrderFileOptions {
  readonly orders: number;
  readonly customers: number;
  /** Days of history, the first being 2024-01-01. */
  readonly days: number;
  readonly seed: number;
}

/**
 * Writes `customer_id,timestamp,amount` in no order of time: customers whose activity differs by a factor of fifty and
 * half of whom stop at some time; one row in twenty is a cancellation. Equal options give equal bytes.
 */
export async function writeOrderFile(path: string, { orders, customers, days, seed }: OrderFileOptions): Promise<void> {
  const bits = seededBits(seed);
  const chance = (): number => (bits() >>> 0) / 2 ** 32;
  const ends = Float64Array.from({ length: customers }, () => days * (chance() < 0.5 ? 1 : 0.2 + 0.8 * chance()));
  const file = createWriteStream(path);
  file.write('customer_id,timestamp,amount\n');
  for (let written = 0; written < orders; written++) {
    // the square draws few customers often and many seldom
    const customer = Math.floor(customers * chance() ** 2);
    const day = Math.floor(chance() * ends[customer]);
    const cents = Math.floor(500 + 20_000 * chance() ** 3) * (chance() < 0.05 ? -1 : 1);
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    if (!file.write(`c${customer},${date},${(cents / 100).toFixed(2)}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}
