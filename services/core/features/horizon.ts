import type { EpochDay } from '../units.ts';

/**
 * Days before `asOf` for which day tiles are kept: a year, and the same season of the year before it. An event whose
 * day lies this many days or more before `asOf` is beyond the horizon.
 */
export const horizonDays = 455;

/** Whether a business day is so old that no window can reach it. */
export function isBeyondHorizon(day: EpochDay, asOf: EpochDay): boolean {
  return day <= asOf - horizonDays;
}
