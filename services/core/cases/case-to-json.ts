import { dueAt } from '../clocks/clock.ts';
import type { ClockRule, ServiceClass } from '../clocks/clock-rule.ts';
import { type ServiceClock, strictestDue } from '../clocks/service-clocks.ts';
import type { EpochMs, Surrogate } from '../units.ts';
import type { BookedCase, CaseBook } from './case-book.ts';
import { casePriority } from './case-priority.ts';
import type { CaseRules } from './case-rules.ts';

/** A case as the HTTP interface shows it; see case-json-schema.ts. */
export function caseToJson(
  booked: BookedCase,
  { surrogate, book, rules }: { readonly surrogate: Surrogate; readonly book: CaseBook; readonly rules: CaseRules },
): object {
  const { case: state, queue, version, progressedAt, isStuck } = booked;
  const clockRules = rules.clocksOf(queue);
  const { serviceClass, waitingIn } = state.clocks;
  return {
    caseId: state.caseId,
    version,
    customerId: `~${surrogate}`,
    channel: state.channel,
    nature: state.nature,
    weight: state.weight,
    isComplaint: state.isComplaint,
    status: state.status,
    queue,
    owner: state.owner,
    priority: casePriority(state, book, rules),
    tier: serviceClass.tier,
    openedAt: isoTime(state.openedAt),
    updatedAt: isoTime(state.updatedAt),
    progressedAt: isoTime(progressedAt),
    dueAt: isoTime(strictestDue(state.clocks, clockRules)?.at ?? null),
    waitingIn,
    isStuck,
    causeCode: state.causeCode,
    reopenings: state.reopenings,
    clocks: state.clocks.clocks.map((each) => clockToJson(each, state.clocks.serviceClass, clockRules)),
  };
}

function clockToJson(
  { name, clock, warned, escalated }: ServiceClock,
  serviceClass: ServiceClass,
  rules: readonly ClockRule[],
): object {
  const terms = rules.find((rule) => rule.name === name)?.termsFor(serviceClass) ?? null;
  return {
    name,
    startedAt: isoTime(clock.startedAt),
    dueAt: isoTime(terms === null ? null : dueAt(clock, terms)),
    metAt: isoTime(clock.metAt),
    isRunning: clock.runningSince !== null,
    warned,
    overdue: escalated > 0,
    escalations: Math.max(0, escalated - 1),
  };
}

function isoTime(time: EpochMs | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
