import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import type { EventType } from '../../../../services/core/events/event-types.ts';
import { benchEvents } from '../../pipeline/bench-events.ts';

const look = ['session.started', 'page.viewed', 'product.viewed', 'page.viewed', 'product.viewed'] as const;

/** What a customer of a web shop does at a time, and what is done for them: ten times, in turn. */
const visits: readonly (readonly EventType[])[] = [
  [...look, 'cart.updated', 'order.placed'],
  [...look],
  ['contact.sent', 'order.fulfilled'],
  [...look, 'product.viewed', 'cart.updated'],
  ['contact.opened', ...look, 'login'],
  [...look, 'offer.shown', 'cart.updated', 'login', 'order.placed'],
  ['contact.sent', 'survey.sent'],
  ['contact.clicked', ...look, 'page.viewed', 'page.viewed'],
  ['order.fulfilled', 'contact.sent', 'survey.answered'],
  [...look, 'page.viewed', 'product.viewed', 'case.opened'],
];

/** About `count` events of `customers` customers over a year, in time order, visit by visit. */
export function* visitEvents(count: number, customers: number): Generator<CustomerRecord> {
  const perRound = visits.reduce((sum, types) => sum + types.length, 0);
  const total = Math.floor((count / perRound) * visits.length);
  let visit = 0;
  for (const order of benchEvents(total, customers)) {
    const types = visits[visit++ % visits.length];
    for (let i = 0; i < types.length; i++) yield asEvent(order, types[i], i);
  }
}

function asEvent(order: CustomerRecord, type: EventType, step: number): CustomerRecord {
  const isOrder = type.startsWith('order.');
  return {
    ...order,
    type,
    eventId: `${order.eventId}-${step}`,
    occurredAt: order.occurredAt + step * 30_000,
    receivedAt: order.receivedAt + step * 30_000,
    amountMinor: isOrder ? order.amountMinor : null,
    reportingAmountMinor: isOrder ? order.reportingAmountMinor : null,
    attributes: isOrder ? [...order.attributes, { name: 'orderId', value: order.eventId }] : order.attributes,
  };
}
