import { plainTime, type TimeScale } from '../clocks/time-scale.ts';
import { createWorkingHours, type HourRange } from '../clocks/working-hours.ts';
import { workingDays, workingTime } from '../clocks/working-time.ts';
import { epochDayFromIso } from '../events/epoch-day.ts';
import { currencyExponent, toMinorUnits } from '../events/money.ts';
import type { Level } from '../scoring/level.ts';
import type {
  CalendarRule,
  DeadlineRule,
  PlaybookRule,
  PlaybooksDocument,
  StepRule,
  TriggerRule,
} from './playbook-document.ts';
import { churnRisk, type ServedPlaybook, type ServedStep, type ServedTerm } from './served-playbook.ts';
import { parseTerm } from './term.ts';

export interface TenantSettings {
  /** IANA name; the time zone of calendars that name none, of quiet hours and of dates. */
  readonly timezone: string;
  /** ISO code of the reporting currency, in which offers cost. */
  readonly currency: string;
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The playbooks of a checked file that are enabled, ready to be followed for one tenant. */
export function compilePlaybooks(document: PlaybooksDocument, tenant: TenantSettings): readonly ServedPlaybook[] {
  const scales = new Map(
    Object.entries(document.calendars).map(([id, calendar]) => [id, scalesOf(calendar, tenant.timezone)] as const),
  );
  return Object.entries(document.playbooks)
    .filter(([, { enabled }]) => enabled)
    .map(([id, rule]) => compilePlaybook(id, rule, { document, scales, tenant }));
}

interface CalendarScales {
  readonly hours: TimeScale;
  readonly days: TimeScale;
}

interface Surroundings {
  readonly document: PlaybooksDocument;
  readonly scales: ReadonlyMap<string, CalendarScales>;
  readonly tenant: TenantSettings;
}

function scalesOf(calendar: CalendarRule, timezone: string): CalendarScales {
  const hours = createWorkingHours({
    timezone: calendar.timezone ?? timezone,
    week: weekdays.map((day) => (calendar.week[day] ?? []).map(readHours)),
    exceptions: new Map(
      Object.entries(calendar.exceptions).map(([date, ranges]) => [epochDayFromIso(date), ranges.map(readHours)]),
    ),
  });
  return { hours: workingTime(hours), days: workingDays(hours) };
}

function readHours(text: string): HourRange {
  const [from = '', to = ''] = text.split('-');
  return [minuteOf(from), minuteOf(to)];
}

/** Minutes after midnight of `09:30`. */
export function minuteOf(clockTime: string): number {
  const [hour = '0', minute = '0'] = clockTime.split(':');
  return Number(hour) * 60 + Number(minute);
}

function compilePlaybook(id: string, rule: PlaybookRule, around: Surroundings): ServedPlaybook {
  const scales = rule.calendar === null ? undefined : around.scales.get(rule.calendar);
  const serve = (text: string) => servedTerm(text, scales);
  const { offer, stop } = rule;
  const exponent = currencyExponent(around.tenant.currency) ?? 2;
  return {
    id,
    trigger: rule.trigger.on === 'level' ? churnRisk : id,
    on: rule.trigger,
    label: rule.label,
    onlyFor: new Map(Object.entries(rule.only_for).map(([name, values]) => [name, new Set(values)] as const)),
    purpose: rule.purpose,
    owner: rule.owner,
    ownerByTier: new Map(Object.entries(rule.owner_by_tier)),
    respondTerm: termsOf(rule.respond_within, serve),
    resolveTerm: termsOf(rule.resolve_within, serve),
    offer: offer && { en: offer.label.en, zhCN: offer.label.zhCN, costMinor: toMinorUnits(offer.cost, exponent) ?? 0 },
    expectedEffect: rule.expected_effect,
    holdout: rule.holdout,
    cooldownMs: lengthOf(rule.cooldown),
    stopAfterMs: stop.after === null ? null : lengthOf(stop.after),
    stopOn: new Set<string>(stop.on),
    escalation: (rule.escalation ?? around.document.escalation).map(({ after, to }) => ({
      afterMs: lengthOf(after),
      to,
    })),
    steps: rule.steps.map((step) => compileStep(step, serve)),
    periodMs: periodOf(rule.trigger),
  };
}

function termsOf(rule: DeadlineRule, serve: (text: string) => ServedTerm): (level: Level) => ServedTerm | null {
  if (typeof rule === 'string') {
    const term = serve(rule);
    return () => term;
  }
  const terms = new Map(Object.entries(rule).map(([level, text]) => [level, serve(text)]));
  return (level) => terms.get(level) ?? null;
}

function servedTerm(text: string, scales: CalendarScales | undefined): ServedTerm {
  const term = parseTerm(text);
  if (term === null) return { units: 0, scale: plainTime };
  if (term.scale === 'plain' || scales === undefined) return { units: term.units, scale: plainTime };
  return { units: term.units, scale: term.scale === 'working-hours' ? scales.hours : scales.days };
}

function compileStep(step: StepRule, serve: (text: string) => ServedTerm): ServedStep {
  if (step.do === 'wait') return { do: 'wait', term: serve(step.for) };
  if (step.do === 'follow-up') return { do: 'follow-up', term: serve(step.after), text: step.text };
  return step;
}

function periodOf(trigger: TriggerRule): number | null {
  if (trigger.on === 'silence') return lengthOf(trigger.for);
  if (trigger.on === 'tier') return lengthOf(trigger.every);
  return trigger.on === 'stage' && trigger.every !== null ? lengthOf(trigger.every) : null;
}

function lengthOf(text: string): number {
  return parseTerm(text)?.units ?? 0;
}
