import type { EpochDay } from '../../services/core/units.ts';
import type { Order } from './order.ts';

/** Orders per customer, each list ascending by day; customers in the order of their ids. */
export interface OrderHistory {
  readonly customers: ReadonlyMap<string, readonly Order[]>;
  readonly firstDay: EpochDay;
  readonly lastDay: EpochDay;
}

/** Groups the orders before `until`; null when there are none. The result does not depend on the order of the rows. */
export function groupOrders(orders: readonly Order[], until: EpochDay): OrderHistory | null {
  const grouped = new Map<string, Order[]>();
  let firstDay = Infinity;
  let lastDay = -Infinity;
  for (const order of orders) {
    if (order.day >= until) continue;
    const own = grouped.get(order.customer);
    if (own === undefined) grouped.set(order.customer, [order]);
    else own.push(order);
    firstDay = Math.min(firstDay, order.day);
    lastDay = Math.max(lastDay, order.day);
  }
  if (grouped.size === 0) return null;
  for (const own of grouped.values()) own.sort((a, b) => a.day - b.day || a.amountMinor - b.amountMinor);
  const customers = new Map([...grouped].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  return { customers, firstDay, lastDay };
}
