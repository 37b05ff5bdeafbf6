import type { CustomerRecord } from '../events/customer-record.ts';
import { isSignal } from './signals/read-signal.ts';

/** How the features read an event; null: no feature reads it. */
export type FeatureReading = 'purchase' | 'cancellation' | 'signal' | null;

/**
 * Which events the features read, and as what. An order is a purchase, also one that is free or names no amount; an
 * order with a negative amount is a cancellation, as are cancelled and returned orders whatever their sign. Which other
 * types are signals stands in `signals/signal-recipes.ts`.
 */
export function featureReading(record: Pick<CustomerRecord, 'type' | 'reportingAmountMinor'>): FeatureReading {
  switch (record.type) {
    case 'order.placed':
      return (record.reportingAmountMinor ?? 0) < 0 ? 'cancellation' : 'purchase';
    case 'order.cancelled':
    case 'order.returned':
      return 'cancellation';
    default:
      return isSignal(record.type) ? 'signal' : null;
  }
}

/** The same for any record of a customer: a retraction is read as what it takes back. */
export function recordReading(record: CustomerRecord): FeatureReading {
  if (record.kind !== 'event-retracted') return featureReading(record);
  return record.retracted === null ? null : featureReading(record.retracted);
}
