import { type CaseRules, overdueStep } from '../cases/case-rules.ts';
import type { CaseWeight } from '../cases/service-case.ts';
import type { ClockTerms } from '../clocks/clock.ts';
import type { ClockName, ClockRule, EscalationStep, ServiceClass } from '../clocks/clock-rule.ts';
import { parseTerm } from '../playbooks/term.ts';
import type { ServiceDocument } from './service-document.ts';
import { type ScaleOf, scalesOf } from './working-calendar.ts';

const clocks: readonly Omit<ClockRule, 'pausedIn' | 'termsFor' | 'escalation'>[] = [
  { name: 'answer', startsOn: 'opened', metBy: ['answered', 'resolved'], goesOnWhenReopened: false },
  { name: 'handling', startsOn: 'opened', metBy: ['progressed', 'resolved'], goesOnWhenReopened: false },
  { name: 'complaint', startsOn: 'opened', metBy: ['answered', 'resolved'], goesOnWhenReopened: false },
  { name: 'resolution', startsOn: 'opened', metBy: ['resolved'], goesOnWhenReopened: true },
  { name: 'followUp', startsOn: 'resolved', metBy: ['followedUp'], goesOnWhenReopened: false },
];

/**
 * Makes a checked document ready for the cases of one tenant.
 * @param timezone IANA name of the tenant's zone
 */
export function compileCaseRules(document: ServiceDocument, timezone: string): CaseRules {
  const calendar = document.calendars[document.calendar];
  const scaleOf = scalesOf(calendar ?? { timezone: null, week: {}, exceptions: {} }, timezone);
  const terms = termsOf(document, scaleOf);
  const byQueue = new Map<string, readonly ClockRule[]>();
  for (const queue of queuesOf(document)) byQueue.set(queue, clocksOf(document, queue, terms));
  const standard = clocksOf(document, 'default', terms);
  return {
    clocksOf: (queue) => byQueue.get(queue) ?? standard,
    queueOf: ({ nature, isComplaint }) => (isComplaint ? document.queues.complaint : null) ?? document.queues[nature],
    causeCodes: new Set(Object.keys(document.cause_codes)),
    waitingStates: new Map(
      Object.entries(document.waiting).map(([name, { pauses }]) => [
        name,
        { pausesResolution: pauses.includes('resolution') },
      ]),
    ),
    defaults: document.defaults,
    stuckAfter: byWeight(document.stuck_after, scaleOf),
    shareOf: ({ weight, tier }) => document.urgency[weight] * (tierOf(document, tier)?.priority ?? 1),
  };
}

type Terms = Readonly<Record<ClockName, (serviceClass: ServiceClass) => ClockTerms | null>>;

function termsOf(document: ServiceDocument, scaleOf: ScaleOf): Terms {
  const { terms } = document;
  const shorten = (common: ClockTerms, tier: string | null): ClockTerms => {
    const share = tierOf(document, tier)?.share ?? 1;
    return { ...common, target: common.target * share };
  };
  const [answer, handling, resolution] = [terms.answer, terms.handling, terms.resolution].map((rule) =>
    byWeight(rule, scaleOf),
  );
  const complaint = read(terms.complaint, scaleOf);
  const followUp = read(terms.follow_up, scaleOf);
  return {
    answer: ({ weight, tier }) => shorten(answer(weight), tier),
    handling: ({ weight, tier }) => shorten(handling(weight), tier),
    complaint: ({ isComplaint, tier }) => (isComplaint ? shorten(complaint, tier) : null),
    resolution: ({ weight, tier }) => shorten(resolution(weight), tier),
    followUp: () => followUp,
  };
}

function byWeight(rule: Readonly<Record<CaseWeight, string>>, scaleOf: ScaleOf): (weight: CaseWeight) => ClockTerms {
  const terms = {
    routine: read(rule.routine, scaleOf),
    complex: read(rule.complex, scaleOf),
    urgent: read(rule.urgent, scaleOf),
  };
  return (weight) => terms[weight];
}

function read(text: string, scaleOf: ScaleOf): ClockTerms {
  const term = parseTerm(text) ?? { scale: 'plain', units: 0 };
  return { scale: scaleOf(term.scale), target: term.units };
}

function tierOf({ tiers }: ServiceDocument, tier: string | null) {
  return tier !== null && Object.hasOwn(tiers, tier) ? tiers[tier] : undefined;
}

function queuesOf({ queues, escalation }: ServiceDocument): Set<string> {
  const names = Object.values(queues).filter((name) => name !== null);
  return new Set([...names, ...Object.keys(escalation)]);
}

function clocksOf(document: ServiceDocument, queue: string, terms: Terms): readonly ClockRule[] {
  const chain = document.escalation[queue] ?? document.escalation['default'] ?? [];
  const escalation: readonly EscalationStep[] = [
    { afterMs: 0, role: overdueStep },
    ...chain.map(({ after, to }) => ({ afterMs: parseTerm(after)?.units ?? 0, role: to })),
  ];
  return clocks.map((clock) => {
    const states = Object.entries(document.waiting).filter(([, { pauses }]) => pauses.includes(clock.name));
    return { ...clock, pausedIn: new Set(states.map(([name]) => name)), termsFor: terms[clock.name], escalation };
  });
}
