import type { CustomerRecord } from '../events/customer-record.ts';
import type { EpochMs } from '../units.ts';

/**
 * The instant an event counts at, on the business day that features put it on: a sender's clock that runs ahead cannot
 * put it after its receipt, and what lies before 1970 counts on its first day.
 */
export function happenedAt({ occurredAt, receivedAt }: Pick<CustomerRecord, 'occurredAt' | 'receivedAt'>): EpochMs {
  return Math.max(0, Math.min(occurredAt, receivedAt));
}
