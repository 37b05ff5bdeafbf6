import type { FeatureState } from '../customer-state.ts';
import type { FeatureDefinition, FeatureFamily, VectorFrame } from '../feature-definition.ts';

const windows = [30, 60, 90, 180, 365] as const;

const definitions: readonly FeatureDefinition[] = [
  ...windows.map((days) => ({
    name: `purchase_days_${days}`,
    unit: 'count' as const,
    description:
      `Distinct business days with a purchase in the ${days} days before asOf; 0 where there is none. ` +
      'A late event counts on its own day, a duplicate never.',
  })),
  ...windows.map((days) => ({
    name: `spend_${days}`,
    unit: 'money' as const,
    description:
      `Gross spend (cancellations not deducted) in the ${days} days before asOf; 0 where there is none. ` +
      'A late event counts on its own day, a duplicate never.',
  })),
];

function write(state: FeatureState, { asOf, minorPerMajor }: VectorFrame, out: Float64Array, at: number): void {
  let purchaseDays = 0;
  let spendMinor = 0;
  let index = state.tiles.length - 1;
  for (let window = 0; window < windows.length; window++) {
    const firstDay = asOf - windows[window];
    for (; index >= 0 && state.tiles[index].day >= firstDay; index--) {
      const tile = state.tiles[index];
      if (tile.purchases > 0) purchaseDays += 1;
      spendMinor += tile.spendMinor;
    }
    out[at + window] = purchaseDays;
    out[at + windows.length + window] = spendMinor / minorPerMajor;
  }
}

/** Purchase days and gross spend in the last 30, 60, 90, 180 and 365 business days before asOf. */
export const purchaseWindows: FeatureFamily = {
  title: 'Purchases in windows',
  reads: '`order.placed` with an amount that is not negative.',
  definitions,
  write,
};
