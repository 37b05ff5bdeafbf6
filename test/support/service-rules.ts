import type { ClockRule } from '../../services/core/clocks/clock-rule.ts';
import { plainTime } from '../../services/core/clocks/time-scale.ts';

const hour = 3_600_000;

/** A clock that starts with the case and is met by its solution, unless `more` says otherwise. */
export function serviceRule(name: ClockRule['name'], hours: number, more: Partial<ClockRule> = {}): ClockRule {
  return {
    name,
    startsOn: 'opened',
    metBy: ['resolved'],
    goesOnWhenReopened: false,
    pausedIn: new Set(['waiting-for-customer']),
    termsFor: () => ({ scale: plainTime, target: hours * hour }),
    escalation: [
      { afterMs: 0, role: 'team-lead' },
      { afterMs: 24 * hour, role: 'service-manager' },
    ],
    ...more,
  };
}

/** The clocks of a case, all in plain hours: answer 24, handling 48, complaint 36, resolution 72, follow-up 72. */
export const serviceRules: readonly ClockRule[] = [
  serviceRule('answer', 24, { metBy: ['answered', 'resolved'], pausedIn: new Set() }),
  serviceRule('handling', 48, { metBy: ['progressed', 'resolved'] }),
  serviceRule('complaint', 36, {
    metBy: ['answered', 'resolved'],
    termsFor: ({ isComplaint }) => (isComplaint ? { scale: plainTime, target: 36 * hour } : null),
  }),
  serviceRule('resolution', 72, { goesOnWhenReopened: true }),
  serviceRule('followUp', 72, { startsOn: 'resolved', metBy: ['followedUp'] }),
];
