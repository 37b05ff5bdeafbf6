import type { EpochDay, MinorUnits } from '../../units.ts';
import type { CustomerLedger, OrderEntry } from '../customer-ledger.ts';
import { type EpochMonth, monthOf } from '../period.ts';

export type OrderPlace = Pick<OrderEntry, 'channel' | 'region' | 'store'>;

/** Enters an order placed, or takes one out with `count` -1, keeping the order of the entries. */
export function enterOrder(
  { orders }: CustomerLedger,
  day: EpochDay,
  { place, count, minor }: { readonly place: OrderPlace; readonly count: number; readonly minor: MinorUnits },
): void {
  const { channel, region, store } = place;
  const made: OrderEntry = { day, channel, region, store, count: 0, minor: 0 };
  let i = orders.findIndex((each) => compare(each, made) >= 0);
  if (i < 0) i = orders.length;
  if (i === orders.length || compare(orders[i], made) !== 0) orders.splice(i, 0, made);
  const entry = orders[i];
  entry.count += count;
  entry.minor += minor;
  if (entry.count <= 0) orders.splice(i, 1);
}

function compare(one: OrderEntry, other: OrderEntry): number {
  return (
    one.day - other.day ||
    compareText(one.channel, other.channel) ||
    compareText(one.region, other.region) ||
    compareText(one.store, other.store)
  );
}

/** By code units, which is the same everywhere; null comes first. */
function compareText(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  return one < other ? -1 : 1;
}

export function firstOrderDay({ orders }: CustomerLedger): EpochDay | null {
  return orders.at(0)?.day ?? null;
}

/** Entries of the months from `first` up to but not including `after`. */
export function ordersIn(ledger: CustomerLedger, first: EpochMonth, after: EpochMonth): readonly OrderEntry[] {
  return ledger.orders.filter(({ day }) => {
    const month = monthOf(day);
    return month >= first && month < after;
  });
}
