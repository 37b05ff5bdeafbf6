import { epochDayFromIso, isoFromEpochDay } from '../events/epoch-day.ts';
import type { EpochDay } from '../units.ts';

/** Reads the day of the year of `1984-02-29`, `1984-02-29T…` or `02-29` as `MM-DD`; null for anything else. */
export function readCareDay(text: string): string | null {
  const match = /^(?:\d{4}-)?((?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:T|$)/.exec(text);
  const day = match?.[1];
  // 2000 had every day of the year.
  return day !== undefined && new Date(`2000-${day}T00:00:00Z`).toISOString().slice(5, 10) === day ? day : null;
}

/** The first day at or after `from` that is the given day of its year; 29 February is kept on the 28th in other years. */
export function nextCareDay(day: string, from: EpochDay): EpochDay {
  const year = Number(isoFromEpochDay(from).slice(0, 4));
  const thisYear = dayIn(year, day);
  return thisYear >= from ? thisYear : dayIn(year + 1, day);
}

function dayIn(year: number, day: string): EpochDay {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return epochDayFromIso(`${year}-${day === '02-29' && !isLeap ? '02-28' : day}`);
}
