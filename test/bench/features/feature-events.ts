import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { dayMs } from '../../../services/core/events/epoch-day.ts';
import { aRecord } from '../../support/builders.ts';
import { readRows, retailOrders, retailRecord } from '../../support/retail-orders.ts';

/** The real orders by time; null where `../shared/data` is not beside the checkout. */
export function realOrders(): CustomerRecord[] | null {
  if (!retailOrders.isThere) return null;
  const records = readRows(retailOrders.orders).map(retailRecord);
  return records.sort((a, b) => a.occurredAt - b.occurredAt);
}

/** Orders like the real ones in number and spread: `customers` who buy now and then over 650 days. */
export function madeOrders(customers: number, orders: number): CustomerRecord[] {
  return Array.from({ length: orders }, (_, i) => {
    const at = Date.UTC(2009, 11, 1, 8) + Math.floor((i / orders) * 650 * dayMs);
    const amount = 500 + ((i * 104_729) % 90_000);
    const isCancelled = i % 6 === 5;
    return aRecord({
      eventId: `order-${i}`,
      surrogate: String((i * 7919) % customers),
      type: isCancelled ? 'order.cancelled' : 'order.placed',
      reportingAmountMinor: isCancelled ? -amount : amount,
      occurredAt: at,
      receivedAt: Date.UTC(2011, 8, 10),
      historical: true,
    });
  });
}

const signals: readonly Partial<CustomerRecord>[] = [
  { type: 'session.started' },
  { type: 'product.viewed' },
  { type: 'cart.updated' },
  { type: 'contact.sent', channel: 'email' },
  { type: 'contact.opened', channel: 'email' },
  { type: 'login', channel: 'app' },
  { type: 'points.earned', attributes: [{ name: 'points', value: 120 }] },
  {
    type: 'case.opened',
    channel: 'call',
    attributes: [
      { name: 'caseClass', value: 'complaint' },
      { name: 'caseId', value: 'A-100' },
    ],
  },
  { type: 'case.resolved', attributes: [{ name: 'caseId', value: 'A-100' }] },
  { type: 'survey.answered', attributes: [{ name: 'surveyKind', value: 'csat' }, { name: 'surveyScore', value: 4 }] },
]; // prettier-ignore

/** The same orders with `perOrder` signals of every kind after each, some days apart. */
export function withSignals(orders: readonly CustomerRecord[], perOrder: number): CustomerRecord[] {
  const all = orders.flatMap((order, i) => [
    order,
    ...Array.from({ length: perOrder }, (_, k) => {
      const occurredAt = order.occurredAt + (k + 1) * dayMs;
      const signal = { ...signals[(i + k) % signals.length], eventId: `signal-${i}-${k}`, occurredAt };
      return aRecord({ ...signal, surrogate: order.surrogate, receivedAt: order.receivedAt, historical: true });
    }),
  ]);
  return all.sort((a, b) => a.occurredAt - b.occurredAt);
}
