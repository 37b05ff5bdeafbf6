import { type CaseRules, overdueStep } from '../../services/core/cases/case-rules.ts';
import type { ClockRule } from '../../services/core/clocks/clock-rule.ts';
import { plainTime } from '../../services/core/clocks/time-scale.ts';
import { serviceRules } from './service-rules.ts';

const hour = 3_600_000;

/** Rules of cases in plain hours: the clocks of `serviceRules`, stuck after 60 hours, one queue. */
export function plainCaseRules(clocks: readonly ClockRule[] = serviceRules, stuckHours = 60): CaseRules {
  const told = clocks.map((rule) => ({ ...rule, escalation: [{ afterMs: 0, role: overdueStep }, ...rule.escalation] }));
  return {
    clocksOf: () => told,
    queueOf: ({ nature, isComplaint }) => (isComplaint ? 'complaints' : nature),
    causeCodes: new Set(['delivery-late', 'other']),
    waitingStates: new Map([
      ['waiting-for-customer', { pausesResolution: true }],
      ['waiting-for-supplier', { pausesResolution: false }],
    ]),
    defaults: { nature: 'service', weight: 'routine' },
    stuckAfter: () => ({ scale: plainTime, target: stuckHours * hour }),
    shareOf: ({ weight }) => (weight === 'urgent' ? 10 : 1),
  };
}
