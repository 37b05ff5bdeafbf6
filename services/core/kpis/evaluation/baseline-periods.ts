import { daysIn, type Period, periodOf } from '../period.ts';
import type { EpochDay } from '../../units.ts';

/** The last half-year and the last year that are over before a day: what half a year and a year after it are held against. */
export function baselinePeriods(goLive: EpochDay): readonly Period[] {
  return (['half', 'year'] as const).map((kind) => {
    const { index } = periodOf(kind, goLive);
    return { kind, index: index - 1 };
  });
}

/** Whether a period begins at or after a day, so that all of it lies behind go-live. */
export function isAfter(period: Period, goLive: EpochDay): boolean {
  return daysIn(period)[0] >= goLive;
}
