import type { ArmTally } from '../core/uplift/arm-tally.ts';
import { reportEffects } from '../core/uplift/effect-report.ts';
import type { Effect } from '../core/uplift/effect.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';

/** Playbooks with a series of their own: those with most customers, should names ever come and go. */
const mostPlaybooks = 50;
const bounds = {
  estimate: 'difference',
  low: 'low',
  high: 'high',
  always_low: 'alwaysLow',
  always_high: 'alwaysHigh',
} as const satisfies Readonly<Record<string, keyof Effect>>;

/**
 * Effects as of the moment Prometheus asks, of all tenants together. Money is left to `GET /v1/effects`: tenants may count
 * in different currencies.
 */
export function addEffectsMetrics(metrics: Metrics, tallies: () => readonly ArmTally[]): void {
  const mismatch = metrics.gauge(
    'tidewatch_uplift_sample_ratio_mismatch',
    '1 where the arms of a playbook are not as they were drawn, so that no effect of it can be trusted.',
    ['playbook'],
  );
  const effect = metrics.gauge(
    'tidewatch_uplift_effect',
    'What a playbook changed, treated minus holdout, as a share of customers.',
    ['playbook', 'outcome', 'bound'],
  );
  Object.assign(mismatch, {
    collect() {
      mismatch.reset();
      effect.reset();
      const { playbooks } = reportEffects(tallies(), 0);
      const sizeOf = ({ customers: { treated, holdout, undrawn } }: (typeof playbooks)[number]): number =>
        treated.opened + holdout.opened + undrawn;
      for (const row of playbooks.toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, mostPlaybooks)) {
        const playbook = row.playbook ?? '';
        mismatch.set({ playbook }, row.sampleRatio?.isMismatch === true ? 1 : 0);
        for (const outcome of ['churn', 'repurchase'] as const) {
          const found = row[outcome];
          if (found === null) continue;
          for (const [bound, figure] of Object.entries(bounds)) effect.set({ playbook, outcome, bound }, found[figure]);
        }
      }
    },
  });
}
