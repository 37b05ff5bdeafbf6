import type { BusinessCalendar } from '../../services/core/events/business-day.ts';
import { dayMs } from '../../services/core/events/epoch-day.ts';
import type { EpochDay } from '../../services/core/units.ts';

const pattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Business day of a timestamp in ISO form (`2011-03-05`, `2011-03-05 14:30:00`, `2011-03-05T14:30:00Z`). One without
 * an offset is local time of the calendar, so its date is its day. Null when it cannot be read.
 */
export function readTimestamp(text: string, calendar: BusinessCalendar): EpochDay | null {
  const match = pattern.exec(text.trim());
  if (match === null) return null;
  const [, date = '', time = '00:00', offset] = match;
  const day = Date.parse(`${date}T00:00:00Z`) / dayMs;
  const isDate = Number.isInteger(day) && new Date(day * dayMs).toISOString().startsWith(date);
  const instant = Date.parse(`${date}T${time}${offset ?? 'Z'}`);
  if (!isDate || Number.isNaN(instant)) return null;
  return offset === undefined ? day : calendar.dayOf(instant);
}
