import type { CleanContext, Verdict } from '../clean-context.ts';

const pattern = /^(\d{4})([-/.]?)(\d{2})\2(\d{2})(?:[T ].*)?$/;
/** Forms write 1900-01-01 where nobody said anything; who was born before it is not alive. */
const firstYear = 1901;
/** A day begins earlier elsewhere than where the event was received. */
const zoneMs = 14 * 3_600_000;

/** A date of birth as YYYY-MM-DD, from the orders of year, month, day that cannot be mistaken. */
export function cleanBirthDate(value: string | number, { now }: CleanContext): Verdict {
  const match = pattern.exec(String(value));
  if (match === null) return { state: 'invalid' };
  const [, year, , month, day] = match;
  const date = `${year}-${month}-${day}`;
  if (Number(year) < firstYear) return { state: 'impossible' };
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date || ms > now + zoneMs) {
    return { state: 'impossible' };
  }
  return { state: 'right', value: date };
}
