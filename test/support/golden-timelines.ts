import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkingHours, type HourRange, type WorkingHours } from '../../services/core/clocks/working-hours.ts';
import { plainTime, type TimeScale } from '../../services/core/clocks/time-scale.ts';
import { workingDays, workingTime } from '../../services/core/clocks/working-time.ts';
import { epochDayFromIso } from '../../services/core/events/epoch-day.ts';
import { rootDir } from './root-dir.ts';

interface GoldenCalendar {
  readonly timezone: string;
  readonly week: readonly (readonly string[])[];
  readonly exceptions: Readonly<Record<string, readonly string[]>>;
}

/** One line of the golden table; times and results come from stepping through Python's zoneinfo minute by minute. */
export interface GoldenTimeline {
  readonly name: string;
  readonly scale: 'plain' | 'working-time' | 'working-days';
  readonly calendar?: string;
  /** Minutes; a working day has 1440. */
  readonly target: number;
  readonly log: readonly string[];
  /** When it is looked at; at the last event where it is absent. */
  readonly until?: string;
  readonly expect: {
    readonly due: string | null;
    readonly warns: string | null;
    readonly spentMinutes: number;
    readonly overdue: boolean;
  };
}

interface GoldenTable {
  readonly calendars: Readonly<Record<string, GoldenCalendar>>;
  readonly timelines: readonly GoldenTimeline[];
}

export function readGoldenTimelines(): GoldenTable {
  return JSON.parse(readFileSync(join(rootDir, 'test/fixtures/clocks/timelines.json'), 'utf8')) as GoldenTable;
}

export function goldenHours({ timezone, week, exceptions }: GoldenCalendar): WorkingHours {
  const days = Object.entries(exceptions).map(
    ([day, ranges]) => [epochDayFromIso(day), ranges.map(readRange)] as const,
  );
  return createWorkingHours({ timezone, week: week.map((ranges) => ranges.map(readRange)), exceptions: new Map(days) });
}

export function goldenScale(timeline: GoldenTimeline, table: GoldenTable): TimeScale {
  if (timeline.scale === 'plain') return plainTime;
  const calendar = table.calendars[timeline.calendar ?? ''];
  if (calendar === undefined) throw new Error(`${timeline.name} names no calendar of the table`);
  const hours = goldenHours(calendar);
  return timeline.scale === 'working-time' ? workingTime(hours) : workingDays(hours);
}

function readRange(text: string): HourRange {
  const [from = '', to = ''] = text.split('-');
  return [minuteOf(from), minuteOf(to)];
}

function minuteOf(text: string): number {
  const [hour, minute] = text.split(':').map(Number);
  return Number(hour) * 60 + Number(minute);
}
