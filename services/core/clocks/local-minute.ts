import { dayMs } from '../events/epoch-day.ts';
import type { DurationMs, EpochDay, EpochMs } from '../units.ts';

const minuteMs = 60_000;

/**
 * The instant at which clocks on the wall show a minute of a day. Where the minute is shown twice it is the first time,
 * where it is skipped the instant of the change. `zoneOffset` is local time minus UTC; `start` and `next` are the first
 * instants of the day and of the day after it.
 */
export function instantOfLocalMinute(
  zoneOffset: (ms: EpochMs) => DurationMs,
  { day, start, next, minute }: { day: EpochDay; start: EpochMs; next: EpochMs; minute: number },
): EpochMs {
  if (minute === 0 || start >= next) return start;
  if (minute === 1440) return next;
  const wall = day * dayMs + minute * minuteMs;
  const before = zoneOffset(start);
  const after = zoneOffset(next);
  const early = wall - before;
  if (before === after || zoneOffset(early) === before) return early;
  const late = wall - after;
  return zoneOffset(late) === after ? late : firstWith(after, zoneOffset, { from: late, to: early });
}

function firstWith(
  offset: DurationMs,
  zoneOffset: (ms: EpochMs) => DurationMs,
  { from, to }: { from: EpochMs; to: EpochMs },
): EpochMs {
  let early = from;
  let late = to;
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (zoneOffset(middle) === offset) late = middle;
    else early = middle;
  }
  return late;
}
