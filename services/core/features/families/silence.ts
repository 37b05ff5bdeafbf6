import type { FeatureState } from '../customer-state.ts';
import type { FeatureDefinition, FeatureFamily, VectorFrame } from '../feature-definition.ts';
import { horizonDays } from '../horizon.ts';
import { countedOnce } from '../signals/signal-feature.ts';

const definitions: readonly FeatureDefinition[] = [
  {
    name: 'silence_days',
    unit: 'days',
    description:
      'Days to asOf, at least 1, from the last day on which the customer did anything: a purchase or cancellation, a ' +
      'session, log-in or view, an open or click, a contact, case, answer, redemption or signature; undefined without ' +
      `any of them in the last ${horizonDays - 1} days. ${countedOnce}`,
    since: 2,
  },
];

function write({ tiles }: FeatureState, { asOf, signals }: VectorFrame, out: Float64Array, at: number): void {
  const order = tiles.at(-1)?.day ?? -Infinity;
  const active = signals.lastDay('active');
  const last = Math.max(order > asOf - horizonDays ? order : -Infinity, Number.isNaN(active) ? -Infinity : active);
  out[at] = last === -Infinity ? Number.NaN : asOf - last;
}

/** How long the customer has been silent in every way. */
export const silence: FeatureFamily = {
  title: 'Silence',
  reads: 'Every event that the customer did; what the business sends or does breaks no silence.',
  definitions,
  write,
};
