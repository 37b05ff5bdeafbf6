import { epochDayFromIso } from '../services/core/events/epoch-day.ts';
import { currencyExponent } from '../services/core/events/money.ts';
import type { EpochDay } from '../services/core/units.ts';
import { usageError } from './usage-error.ts';

/** A calendar day given as YYYY-MM-DD. */
export function readDay(option: string, text: string): EpochDay {
  try {
    return epochDayFromIso(text);
  } catch (cause) {
    throw usageError(`${option} "${text}" is not a calendar day; write it as YYYY-MM-DD.`, cause);
  }
}

/** A whole number within bounds. */
export function readWhole(option: string, text: string, [min, max]: readonly [number, number]): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw usageError(`${option} "${text}" is not a whole number from ${min} to ${max}.`);
}

/** An IANA time zone. */
export function readTimezone(option: string, text: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text;
  } catch (cause) {
    throw usageError(`${option} "${text}" is not a time zone; give an IANA name such as Europe/London.`, cause);
  }
}

/** An ISO 4217 code. */
export function readCurrency(option: string, text: string): string {
  if (currencyExponent(text) !== null) return text;
  throw usageError(`${option} "${text}" is not a currency; give an ISO 4217 code in capitals, such as GBP.`);
}
