import { EngineError } from '../errors.ts';
import type { EpochDay } from '../units.ts';

export const dayMs = 86_400_000;

/** `YYYY-MM-DD` of a business day. Days are calendar days, so no time zone is involved. */
export function isoFromEpochDay(day: EpochDay): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** The business day written `YYYY-MM-DD`. Anything else, and a day no calendar has, is ERR_USAGE. */
export function epochDayFromIso(iso: string): EpochDay {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) / dayMs : Number.NaN;
  if (Number.isNaN(day) || isoFromEpochDay(day) !== iso) {
    throw new EngineError('ERR_USAGE', 'A date is not a calendar date; write it as YYYY-MM-DD.', { retryable: false });
  }
  return day;
}
