import { dayMs, isoFromEpochDay } from '../../events/epoch-day.ts';
import type { CustomerRecord } from '../../events/customer-record.ts';
import type { EpochDay } from '../../units.ts';
import { attributeOf } from './attribute-of.ts';

/** The day in a property written as an ISO 8601 date or time, from 1970 on; null for anything else. */
export function readDate(record: Pick<CustomerRecord, 'attributes'>, name: string): EpochDay | null {
  const value = attributeOf(record, name);
  const iso = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(value)?.[0] : undefined;
  if (iso === undefined) return null;
  const day = Date.parse(`${iso}T00:00:00Z`) / dayMs;
  return day >= 0 && isoFromEpochDay(day) === iso ? day : null;
}
