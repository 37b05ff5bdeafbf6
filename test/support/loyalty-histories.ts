import fc from 'fast-check';
import { dayMs } from '../../services/core/events/epoch-day.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import { retractionRecord } from '../../services/core/events/retraction-record.ts';
import { aRecord } from './builders.ts';

const day = fc.nat(60);
const orderId = fc.constantFrom('A', 'B', 'C', 'D');

const placed = fc.record({
  day,
  orderId: fc.option(orderId, { nil: null }),
  amount: fc.nat(150),
  isBook: fc.boolean(),
});
const back = fc.record({
  day,
  orderId,
  amount: fc.option(fc.integer({ min: 1, max: 150 }), { nil: null }),
  isCancelled: fc.boolean(),
});
const till = fc.record({ day, points: fc.nat(80), isSpent: fc.boolean() });

const event: fc.Arbitrary<Partial<CustomerRecord>> = fc.oneof(
  placed.map(({ day: at, orderId: id, amount, isBook }) => ({
    type: 'order.placed',
    occurredAt: at * dayMs,
    reportingAmountMinor: amount,
    attributes: [...(id === null ? [] : [{ name: 'orderId', value: id }]), { name: 'category', value: isBook ? 'books' : 'x' }],
  })),
  back.map(({ day: at, orderId: id, amount, isCancelled }) => ({
    type: isCancelled ? 'order.cancelled' : 'order.returned',
    occurredAt: at * dayMs,
    reportingAmountMinor: amount === null ? null : -amount,
    attributes: [{ name: 'orderId', value: id }],
  })),
  till.map(({ day: at, points, isSpent }) => ({
    type: isSpent ? 'points.redeemed' : 'points.earned',
    occurredAt: at * dayMs,
    attributes: [{ name: 'points', value: points }],
  })),
); // prettier-ignore

/** A customer's events in the order of the log, which is any: copies and retractions of earlier ones among them. */
export function loyaltyHistory({ maxLength = 30 }: { readonly maxLength?: number } = {}): fc.Arbitrary<
  CustomerRecord[]
> {
  const extra = fc.record({ of: fc.nat(1_000), isRetraction: fc.boolean() });
  return fc.tuple(fc.array(event, { maxLength }), fc.array(extra, { maxLength: 8 })).map(([facts, extras]) => {
    const records = facts.map((each, i) => aRecord({ ...each, eventId: `event-${i}`, receivedAt: 61 * dayMs }));
    if (records.length === 0) return [];
    const later = extras.map(({ of, isRetraction }) => {
      const original = records[of % facts.length];
      const remainder = { purchaseDayHeld: false, firstDay: null };
      return isRetraction ? retractionRecord({ original, remainder, historical: false, at: 61 * dayMs }) : original;
    });
    return [...records, ...later];
  });
}
