import { closedFormNames } from '../../../services/core/btyd/closed-form.ts';
import { emptyFeatures } from '../../../services/core/features/empty-state.ts';
import { featureNames, writeFeatures } from '../../../services/core/features/feature-catalogue.ts';
import type { ModelInput } from '../../../services/core/scoring/model-manifest.ts';

type Named = Pick<ModelInput, 'name' | 'feature' | 'transform' | 'scale' | 'unit'>;

const counts = [
  'purchase_days_30', 'purchase_days_60', 'purchase_days_90', 'purchase_days_180', 'purchase_days_365',
  'recency_days', 'tenure_days', 'recency_over_gap', 'purchase_days', 'orders', 'cancellations', 'cancellations_90',
  'purchase_days_change_90', 'spend_change_90', 'btyd_alive', 'btyd_active',
]; // prettier-ignore
const times = ['recency_days', 'tenure_days', 'gap_mean', 'gap_sd', 'gap_last', 'gap_max'];
const money = [
  'spend_30', 'spend_60', 'spend_90', 'spend_180', 'spend_365', 'spend', 'spend_per_purchase_day', 'cancelled_amount',
  'order_amount_mean', 'spend_last_day', 'spend_day_max_365',
]; // prettier-ignore
/** So small that log1p of what is divided by it is a logarithm wherever there is something to tell apart. */
const small = 0.02;
const closedForm: readonly Named[] = [
  { name: 'btyd_expected_purchases', feature: 'btyd_expected_purchases', transform: 'log1p', unit: small },
  { name: 'btyd_active_log', feature: 'btyd_active', transform: 'log1p', unit: small },
  {
    name: 'btyd_expected_spend_in_orders',
    feature: 'btyd_expected_spend',
    transform: 'log1p',
    scale: 'medianOrder',
    unit: small,
  },
];

/**
 * Inputs that mean the same in every shop: counts and probabilities as they are, money in median orders, times in the
 * shop's rhythm. Recency and tenure stand in days as well, since the heads look days ahead; how the two differ tells the
 * rhythm. Not yet standardised.
 */
export function bareDayOneInputs(): ModelInput[] {
  const values: Named[] = [
    ...counts.map((feature) => ({ name: feature, feature, transform: 'log1p' as const })),
    ...times.map((feature) => ({ name: `${feature}_in_rhythms`, feature, transform: 'log1p' as const, scale: 'rhythm' as const })),
    ...money.map((feature) => ({ name: `${feature}_in_orders`, feature, transform: 'log1p' as const, scale: 'medianOrder' as const })),
    ...closedForm,
  ]; // prettier-ignore
  const empty = new Float64Array(featureNames.length);
  writeFeatures(emptyFeatures(), 1, 1, empty);
  const canBeUndefined = new Set<string>([
    ...featureNames.filter((_, column) => Number.isNaN(empty[column])),
    ...closedFormNames,
  ]);
  const undefinable = [...new Set(values.map(({ feature }) => feature))].filter((name) => canBeUndefined.has(name));
  const partners: Named[] = undefinable.map((feature) => ({
    name: `${feature}_defined`,
    feature,
    transform: 'defined',
  }));
  return [...values, ...partners].map((input) => ({ ...input, mean: 0, sd: 1, clip: Infinity }));
}
