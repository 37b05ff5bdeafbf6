import type { FeatureState } from '../customer-state.ts';
import type { FeatureDefinition, FeatureFamily, VectorFrame } from '../feature-definition.ts';

const windowDays = 90;
const once = 'A late event counts on its own day, a duplicate never.';

const definitions: readonly FeatureDefinition[] = [
  { name: 'cancellations', unit: 'count', description: `Cancelled and returned orders, ever; 0 without. ${once}` },
  {
    name: 'cancelled_amount',
    unit: 'money',
    description: `Amount of cancelled and returned orders, ever, positive; 0 without. ${once}`,
  },
  {
    name: `cancellations_${windowDays}`,
    unit: 'count',
    description: `Cancelled and returned orders in the ${windowDays} days before asOf; 0 without. ${once}`,
  },
];

function write(state: FeatureState, { asOf, minorPerMajor }: VectorFrame, out: Float64Array, at: number): void {
  let recent = 0;
  for (let index = state.tiles.length - 1; index >= 0 && state.tiles[index].day >= asOf - windowDays; index--) {
    recent += state.tiles[index].cancellations;
  }
  out[at] = state.lifetimeCancellations;
  out[at + 1] = state.lifetimeCancelledMinor / minorPerMajor;
  out[at + 2] = recent;
}

/** Cancelled and returned orders, ever and lately. */
export const cancellations: FeatureFamily = {
  title: 'Cancellations and returns',
  reads: '`order.cancelled`, `order.returned`, and `order.placed` with a negative amount.',
  definitions,
  write,
};
