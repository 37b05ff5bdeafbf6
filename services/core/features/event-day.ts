import type { BusinessCalendar } from '../events/business-day.ts';
import type { CustomerRecord } from '../events/customer-record.ts';
import type { EpochDay } from '../units.ts';

/**
 * The business day that an event counts on. A sender's clock that runs ahead cannot put an event after its receipt.
 * Days before 1970 count as 1970-01-01, since `asOf` 0 stands for "no event yet".
 */
export function eventDay(
  record: Pick<CustomerRecord, 'occurredAt' | 'receivedAt'>,
  calendar: BusinessCalendar,
): EpochDay {
  return Math.max(0, calendar.dayOf(Math.min(record.occurredAt, record.receivedAt)));
}
