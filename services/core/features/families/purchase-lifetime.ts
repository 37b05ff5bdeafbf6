import type { FeatureState } from '../customer-state.ts';
import type { FeatureDefinition, FeatureFamily, VectorFrame } from '../feature-definition.ts';

const once = 'Late events count, beyond the horizon only imported ones; a duplicate never.';

const definitions: readonly FeatureDefinition[] = [
  {
    name: 'purchase_days',
    unit: 'count',
    description: `Distinct business days with a purchase, ever; 0 without. ${once}`,
  },
  { name: 'orders', unit: 'count', description: `Purchases, ever; 0 without. ${once}` },
  { name: 'spend', unit: 'money', description: `Gross spend (cancellations not deducted), ever; 0 without. ${once}` },
  {
    name: 'spend_per_purchase_day',
    unit: 'money',
    description: `spend / purchase_days; undefined without a purchase. ${once}`,
  },
];

function write(state: FeatureState, { minorPerMajor }: VectorFrame, out: Float64Array, at: number): void {
  const purchaseDays = state.purchaseDays.length;
  const spend = state.lifetimeSpendMinor / minorPerMajor;
  out[at] = purchaseDays;
  out[at + 1] = state.lifetimePurchases;
  out[at + 2] = spend;
  out[at + 3] = purchaseDays === 0 ? Number.NaN : spend / purchaseDays;
}

/** Totals over the whole life of the customer. */
export const purchaseLifetime: FeatureFamily = {
  title: 'Purchases, ever',
  reads: '`order.placed`, for life.',
  definitions,
  write,
};
