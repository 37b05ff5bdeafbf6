import type { EpochDay, EpochMs } from '../units.ts';
import { dayMs, isoFromEpochDay } from './epoch-day.ts';
import { createZoneOffset } from './zone-offset.ts';

/** The days of one tenant: which business day an instant belongs to in the tenant's time zone. */
export interface BusinessCalendar {
  readonly timezone: string;
  /** Business day of an instant. */
  dayOf(ms: EpochMs): EpochDay;
  /** `YYYY-MM-DD` of a business day. */
  isoDate(day: EpochDay): string;
  /** First instant whose business day is `day` or, where the zone skipped that day, a later one. */
  startOf(day: EpochDay): EpochMs;
}

const cachedDays = 4096;
const stepMs = 900_000;

/**
 * Asking the zone tables costs microseconds, so the answer is kept per UTC day: the offset at its two ends and the
 * instant where it changes (no zone has changed twice within three days since 1970). The cache is direct-mapped: a
 * day takes the place of the one 4096 days away, so it never grows.
 */
export function createBusinessCalendar(timezone: string): BusinessCalendar {
  const zoneOffset = createZoneOffset(timezone);
  const days = new Float64Array(cachedDays).fill(Number.NaN);
  const before = new Float64Array(cachedDays);
  const after = new Float64Array(cachedDays);
  const changeAt = new Float64Array(cachedDays);

  function readZone(day: number, slot: number): void {
    days[slot] = day;
    before[slot] = zoneOffset(day * dayMs);
    after[slot] = zoneOffset((day + 1) * dayMs);
    changeAt[slot] = before[slot] === after[slot] ? Infinity : findChange(zoneOffset, day * dayMs);
  }

  function dayOf(ms: EpochMs): EpochDay {
    const day = Math.floor(ms / dayMs);
    const slot = day & (cachedDays - 1);
    if (days[slot] !== day) readZone(day, slot);
    const offset = ms < changeAt[slot] ? before[slot] : after[slot];
    return Math.floor((ms + offset) / dayMs);
  }

  function startOf(day: EpochDay): EpochMs {
    let late = day * dayMs - 16 * 3_600_000; // before the first midnight anywhere on earth
    while (dayOf(late) < day) late += stepMs;
    let early = late - stepMs;
    while (late - early > 1) {
      const middle = Math.floor((early + late) / 2);
      if (dayOf(middle) < day) early = middle;
      else late = middle;
    }
    return late;
  }

  return { timezone, dayOf, isoDate: isoFromEpochDay, startOf };
}

/** The first instant of the UTC day beginning at `dayStart` that has the offset of the day's end. */
function findChange(zoneOffset: (ms: EpochMs) => number, dayStart: EpochMs): EpochMs {
  const first = zoneOffset(dayStart);
  let early = dayStart;
  let late = dayStart + dayMs;
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (zoneOffset(middle) === first) early = middle;
    else late = middle;
  }
  return late;
}
