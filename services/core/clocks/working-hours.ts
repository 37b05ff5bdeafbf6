import { EngineError } from '../errors.ts';
import { createBusinessCalendar } from '../events/business-day.ts';
import { createZoneOffset } from '../events/zone-offset.ts';
import type { EpochDay, EpochMs } from '../units.ts';
import { instantOfLocalMinute } from './local-minute.ts';

/** From and to in minutes after local midnight; `to` is not part of it and may be 1440, the end of the day. */
export type HourRange = readonly [from: number, to: number];

export interface WorkingHoursSettings {
  /** IANA name. */
  readonly timezone: string;
  /** Monday first; an empty list is a day without work. */
  readonly week: readonly (readonly HourRange[])[];
  /** Days that differ from their weekday: holidays (no ranges), and days worked in exchange for one. */
  readonly exceptions: ReadonlyMap<EpochDay, readonly HourRange[]>;
}

export interface WorkingRange {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** When a team works. */
export interface WorkingHours {
  dayOf(ms: EpochMs): EpochDay;
  /** The ranges of a day in order, not empty ones; none on a day off. A day of 23 or 25 hours has what the clock shows. */
  rangesOf(day: EpochDay): readonly WorkingRange[];
}

const keptDays = 1024;
/** 1970-01-01 was a Thursday. */
const weekdayOfDayZero = 3;

/** A week without any working hour is ERR_CONFIG_INVALID: no deadline would ever come. */
export function createWorkingHours(settings: WorkingHoursSettings): WorkingHours {
  if (settings.week.length !== 7 || settings.week.every((ranges) => ranges.length === 0)) {
    const message = 'A working calendar needs seven weekdays, one of them at least with working hours.';
    throw new EngineError('ERR_CONFIG_INVALID', message, { retryable: false });
  }
  const calendar = createBusinessCalendar(settings.timezone);
  const zoneOffset = createZoneOffset(settings.timezone);
  const known = new Map<EpochDay, readonly WorkingRange[]>();

  function instantOf(day: EpochDay, minute: number): EpochMs {
    const start = calendar.startOf(day);
    return instantOfLocalMinute(zoneOffset, { day, start, next: calendar.startOf(day + 1), minute });
  }

  function readDay(day: EpochDay): readonly WorkingRange[] {
    const weekday = (((day + weekdayOfDayZero) % 7) + 7) % 7;
    const ranges = settings.exceptions.get(day) ?? settings.week[weekday] ?? [];
    return ranges
      .map(([from, to]) => ({ from: instantOf(day, from), to: instantOf(day, to) }))
      .filter(({ from, to }) => to > from);
  }

  function rangesOf(day: EpochDay): readonly WorkingRange[] {
    const found = known.get(day);
    if (found !== undefined) return found;
    const ranges = readDay(day);
    if (known.size >= keptDays) known.clear();
    known.set(day, ranges);
    return ranges;
  }

  return { dayOf: (ms) => calendar.dayOf(ms), rangesOf };
}
