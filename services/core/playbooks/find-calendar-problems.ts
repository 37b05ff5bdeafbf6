import { createZoneOffset } from '../events/zone-offset.ts';
import type { CalendarRule } from './playbook-document.ts';

/**
 * Working hours that would be counted twice or not at all: one sentence each, beginning with the place in the file.
 * @param calendars hours of a day as the schema takes them, `09:00-18:00`
 */
export function findCalendarProblems(calendars: Readonly<Record<string, CalendarRule>>): readonly string[] {
  return Object.entries(calendars).flatMap(([id, { timezone, week, exceptions }]) => {
    const place = `calendars.${id}`;
    const hasHours = Object.values(week).some((ranges) => ranges.length > 0);
    return [
      ...(hasHours ? [] : [`${place}: no day of the week has hours`]),
      ...(timezone === null || isTimeZone(timezone) ? [] : [zoneProblem(timezone, place)]),
      ...Object.entries(week).flatMap(([day, ranges]) => overlapProblems(ranges, `${place}.week.${day}`)),
      ...Object.entries(exceptions).flatMap(([date, ranges]) => overlapProblems(ranges, `${place}.exceptions.${date}`)),
    ];
  });
}

function zoneProblem(timezone: string, place: string): string {
  return `${place}.timezone: "${timezone}" is no time zone; use an IANA name such as Europe/London`;
}

function isTimeZone(name: string): boolean {
  try {
    createZoneOffset(name);
    return true;
  } catch {
    return false;
  }
}

/** Hours are written with leading zeros, so they sort as text. */
function overlapProblems(ranges: readonly string[], place: string): string[] {
  const sorted = ranges.toSorted();
  return sorted.flatMap((range, i) => {
    const before = sorted[i - 1];
    if (before === undefined || range.slice(0, 5) >= before.slice(6)) return [];
    return [`${place}: ${range} overlaps ${before}`];
  });
}
