import { createWorkingHours, type HourRange } from '../clocks/working-hours.ts';
import { plainTime, type TimeScale } from '../clocks/time-scale.ts';
import { workingDays, workingTime } from '../clocks/working-time.ts';
import { epochDayFromIso } from '../events/epoch-day.ts';
import type { CalendarRule, Weekday } from '../playbooks/playbook-document.ts';
import type { Term } from '../playbooks/term.ts';

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** What terms are counted in under a calendar. */
export type ScaleOf = (scale: Term['scale']) => TimeScale;

/**
 * The scales of a calendar as a file writes it.
 * @param timezone IANA name of the tenant's zone, for a calendar without its own
 */
export function scalesOf(calendar: CalendarRule, timezone: string): ScaleOf {
  const exceptions = Object.entries(calendar.exceptions).map(
    ([day, ranges]) => [epochDayFromIso(day), ranges.map(readRange)] as const,
  );
  const hours = createWorkingHours({
    timezone: calendar.timezone ?? timezone,
    week: weekdays.map((day) => (calendar.week[day] ?? []).map(readRange)),
    exceptions: new Map(exceptions),
  });
  const scales = { plain: plainTime, 'working-hours': workingTime(hours), 'working-days': workingDays(hours) };
  return (scale) => scales[scale];
}

function readRange(text: string): HourRange {
  const [from = '', to = ''] = text.split('-');
  return [minuteOf(from), minuteOf(to)];
}

function minuteOf(text: string): number {
  const [hour, minute] = text.split(':').map(Number);
  return Number(hour) * 60 + Number(minute);
}
