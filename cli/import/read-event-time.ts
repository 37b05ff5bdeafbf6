import { DateTime } from 'luxon';

/** As ingest reads it; a year in digits is no such number. */
const epochMs = /^\d{11,16}$/;
const withoutOffset = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/;

/**
 * The time of a row in ISO 8601: a date of the file's own type, epoch milliseconds, or text, which is local time of the
 * zone unless it has an offset; a CSV file has numbers as text. Other text goes as it is, for ingest to judge. Null when there is none.
 */
export function readEventTime(value: unknown, timezone: string): string | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no time' : value.toISOString();
  if (typeof value === 'number' || typeof value === 'bigint') return isoOfMillis(Number(value));
  if (typeof value !== 'string' || value.trim() === '') return null;
  const text = value.trim();
  if (epochMs.test(text)) return isoOfMillis(Number(text));
  if (!withoutOffset.test(text)) return text;
  const at = DateTime.fromISO(text.replace(' ', 'T'), { zone: timezone });
  return at.isValid ? at.toUTC().toISO() : text;
}

function isoOfMillis(millis: number): string {
  const at = new Date(millis);
  return Number.isNaN(at.getTime()) ? 'no time' : at.toISOString();
}
