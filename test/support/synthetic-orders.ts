import { seededBits } from '../../models/training/seeded-bits.ts';
import type { Order } from '../../models/training/order.ts';

export interface SyntheticBusiness {
  readonly customers: number;
  /** Days of history, from day 0 on. */
  readonly days: number;
  readonly seed: number;
}

/** Orders of customers with a rhythm of 10 to 60 days each; half of them stop at some time. Now and then a return. */
export function makeSyntheticOrders({ customers, days, seed }: SyntheticBusiness): Order[] {
  const bits = seededBits(seed);
  const chance = (): number => (bits() >>> 0) / 2 ** 32;
  const orders: Order[] = [];
  for (let id = 1; id <= customers; id++) {
    const rhythm = 10 + chance() * 50;
    const end = chance() < 0.5 ? days : days * (0.2 + 0.8 * chance());
    const basket = 1000 + Math.floor(chance() * 20_000);
    for (let day = chance() * rhythm; day < end; day += rhythm * (0.5 + chance())) {
      const amountMinor = Math.floor(basket * (0.5 + chance()));
      orders.push({ customer: `c${id}`, day: Math.floor(day), amountMinor });
      if (chance() < 0.05) orders.push({ customer: `c${id}`, day: Math.floor(day), amountMinor: -amountMinor });
    }
  }
  return orders;
}

/** The same as a file: `customer_id,timestamp,amount`, day 0 being 2024-01-01. */
export function toOrdersCsv(orders: readonly Order[]): string {
  const rows = orders.map(({ customer, day, amountMinor }) => {
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    return `${customer},${date} 10:00:00,${(amountMinor / 100).toFixed(2)}`;
  });
  return ['customer_id,timestamp,amount', ...rows, ''].join('\n');
}
