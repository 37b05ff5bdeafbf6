import type { ClockRule } from '../../services/core/clocks/clock-rule.ts';
import { plainTime } from '../../services/core/clocks/time-scale.ts';

const hour = 3_600_000;

function rule(name: ClockRule['name'], hours: number, more: Partial<ClockRule> = {}): ClockRule {
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
  rule('answer', 24, { metBy: ['answered', 'resolved'], pausedIn: new Set() }),
  rule('handling', 48, { metBy: ['progressed', 'resolved'] }),
  rule('complaint', 36, {
    metBy: ['answered', 'resolved'],
    termsFor: ({ isComplaint }) => (isComplaint ? { scale: plainTime, target: 36 * hour } : null),
  }),
  rule('resolution', 72, { goesOnWhenReopened: true }),
  rule('followUp', 72, { startsOn: 'resolved', metBy: ['followedUp'] }),
];
