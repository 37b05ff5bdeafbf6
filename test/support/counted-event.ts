import type { CustomerRecord } from '../../services/core/events/customer-record.ts';

/** An event that counts, on its day number in the tenant's zone. */
export interface CountedEvent {
  readonly day: number;
  readonly kind: 'purchase' | 'cancellation' | 'signal';
  readonly amountMinor: number;
  readonly record: CustomerRecord;
}
