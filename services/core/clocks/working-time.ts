import { EngineError } from '../errors.ts';
import { dayMs } from '../events/epoch-day.ts';
import type { EpochDay, EpochMs } from '../units.ts';
import type { TimeScale } from './time-scale.ts';
import type { WorkingHours, WorkingRange } from './working-hours.ts';

/** No calendar has a decade without work; a longer search would mean that its exceptions cover everything. */
const longestSearchDays = 3653;

/** Counts working hours: a clock started on Friday evening stands still until Monday morning. */
export function workingTime(hours: WorkingHours): TimeScale {
  return scaleOf(hours, () => 1);
}

/**
 * Counts working days, whatever their length: 3 working days from Friday afternoon are over on Wednesday afternoon, and
 * a day of half the hours is a whole day.
 */
export function workingDays(hours: WorkingHours): TimeScale {
  return scaleOf(hours, (day) => dayMs / lengthOf(hours.rangesOf(day)));
}

function lengthOf(ranges: readonly WorkingRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from, 0);
}

function scaleOf(hours: WorkingHours, unitsPerMs: (day: EpochDay) => number): TimeScale {
  function between(from: EpochMs, to: EpochMs): number {
    let units = 0;
    for (let day = hours.dayOf(from), last = hours.dayOf(to); day <= last && from < to; day += 1) {
      const worked = workedWithin(hours.rangesOf(day), from, to);
      if (worked > 0) units += worked * unitsPerMs(day);
    }
    return units;
  }

  function after(from: EpochMs, units: number): EpochMs {
    if (units <= 0) return from;
    let left = units;
    const first = hours.dayOf(from);
    for (let day = first; day < first + longestSearchDays; day += 1) {
      const ranges = hours.rangesOf(day);
      const worked = workedWithin(ranges, from, Infinity);
      if (worked === 0) continue;
      const rate = unitsPerMs(day);
      // Shares of days are no whole numbers of milliseconds: a rest below half a millisecond is none.
      if (left <= (worked + 0.5) * rate) return instantAfter(ranges, from, Math.min(worked, Math.round(left / rate)));
      left -= worked * rate;
    }
    const message = 'The working calendar has no working hours within ten years; look at its exceptions.';
    throw new EngineError('ERR_CONFIG_INVALID', message, { retryable: false });
  }

  return { between, after };
}

function workedWithin(ranges: readonly WorkingRange[], from: EpochMs, to: EpochMs): number {
  return ranges.reduce((sum, range) => sum + Math.max(0, Math.min(to, range.to) - Math.max(from, range.from)), 0);
}

/** The instant in a day's ranges by which `worked` milliseconds, at most all of them, have passed since `from`. */
function instantAfter(ranges: readonly WorkingRange[], from: EpochMs, worked: number): EpochMs {
  let left = worked;
  let end = from;
  for (const range of ranges) {
    const start = Math.max(from, range.from);
    if (range.to <= start) continue;
    if (left <= range.to - start) return start + left;
    left -= range.to - start;
    end = range.to;
  }
  return end;
}
