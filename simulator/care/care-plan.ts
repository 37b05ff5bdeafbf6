import { plainTime, type TimeScale } from '../../services/core/clocks/time-scale.ts';
import { createWorkingHours } from '../../services/core/clocks/working-hours.ts';
import { workingDays, workingTime } from '../../services/core/clocks/working-time.ts';
import { createContactHours } from '../../services/core/contacts/quiet-hours.ts';
import type { PlaybookRule, PlaybooksDocument } from '../../services/core/playbooks/playbook-document.ts';
import type { DurationMs, EpochMs } from '../../services/core/units.ts';

/** A term of the file and the time that it is counted in. */
export interface CareTerm {
  readonly units: DurationMs;
  readonly scale: TimeScale;
}

/** The playbook file as the books read it: as it is written, with a way to count its terms. */
export interface CarePlan {
  readonly document: PlaybooksDocument;
  /** Those that are enabled, in the order of the file. */
  readonly playbooks: readonly (readonly [string, PlaybookRule])[];
  /** Those of them that begin because of where a customer stands. */
  readonly onStanding: readonly (readonly [string, PlaybookRule])[];
  /** Whether a message may go out at the full hour. */
  isContactHour(hour: EpochMs): boolean;
  /** Reads `48h` or, by the calendar of a playbook, `3wd`. */
  term(text: string, playbook: PlaybookRule): CareTerm;
  /** Length of a term in plain time. */
  length(text: string): DurationMs;
}

const hourMs = 3_600_000;
const lengths: Readonly<Record<string, number>> = { m: 60_000, h: hourMs, d: 24 * hourMs, wh: hourMs, wd: 24 * hourMs };
const standing: ReadonlySet<string> = new Set(['stage', 'tier', 'silence', 'date', 'without-result']);
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Reads a checked playbook file for the books of a tenant; calendars without exceptions only. */
export function readCarePlan(document: PlaybooksDocument, timezone: string): CarePlan {
  const { quiet } = document.contact;
  const contactHours = createContactHours(timezone, { from: minute(quiet.from), to: minute(quiet.to) }, new Set());
  const isContactHour = new Map<EpochMs, boolean>();
  const known = new Map<string, number>();
  const length = (text: string): number => {
    const found = known.get(text) ?? Number.parseInt(text, 10) * (lengths[text.replace(/^\d+/, '')] ?? Number.NaN);
    known.set(text, found);
    return found;
  };
  const scales = new Map<string, { readonly wh: TimeScale; readonly wd: TimeScale }>();
  for (const [id, calendar] of Object.entries(document.calendars)) {
    const week = weekdays.map((day) => (calendar.week[day] ?? []).map((text) => minutes(text)));
    const hours = createWorkingHours({ timezone: calendar.timezone ?? timezone, week, exceptions: new Map() });
    scales.set(id, { wh: workingTime(hours), wd: workingDays(hours) });
  }
  const playbooks = Object.entries(document.playbooks).filter(([, { enabled }]) => enabled);
  return {
    document,
    playbooks,
    onStanding: playbooks.filter(([, { trigger }]) => standing.has(trigger.on)),
    isContactHour: (hour) => {
      const isKnown = isContactHour.get(hour) ?? contactHours.nextAllowed(hour) === hour;
      isContactHour.set(hour, isKnown);
      return isKnown;
    },
    length,
    term: (text, { calendar }) => {
      const unit = text.replace(/^\d+/, '');
      const of = calendar === null ? undefined : scales.get(calendar);
      const scale = of !== undefined && (unit === 'wh' || unit === 'wd') ? of[unit] : plainTime;
      return { units: length(text), scale };
    },
  };
}

function minutes(text: string): readonly [number, number] {
  const [from = '', to = ''] = text.split('-');
  return [minute(from), minute(to)];
}

function minute(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}
