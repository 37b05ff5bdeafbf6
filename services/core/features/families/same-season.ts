import type { FeatureState } from '../customer-state.ts';
import { findTile } from '../day-search.ts';
import type { FeatureDefinition, FeatureFamily, VectorFrame } from '../feature-definition.ts';

const oldest = 365;
const newest = 276;

const meaning =
  `in the same season a year ago, the days ${oldest} to ${newest} days before asOf; 0 where there is none, also ` +
  'for a customer who came later. A late event counts on its own day, a duplicate never.';

const definitions: readonly FeatureDefinition[] = [
  {
    name: 'purchase_days_same_season',
    unit: 'count',
    description: `Distinct business days with a purchase ${meaning}`,
  },
  { name: 'spend_same_season', unit: 'money', description: `Gross spend (cancellations not deducted) ${meaning}` },
];

function write({ tiles }: FeatureState, { asOf, minorPerMajor }: VectorFrame, out: Float64Array, at: number): void {
  let purchaseDays = 0;
  let spendMinor = 0;
  if (tiles.length > 0 && tiles[0].day <= asOf - newest) {
    for (let i = findTile(tiles, asOf - oldest); i < tiles.length && tiles[i].day <= asOf - newest; i++) {
      if (tiles[i].purchases > 0) purchaseDays += 1;
      spendMinor += tiles[i].spendMinor;
    }
  }
  out[at] = purchaseDays;
  out[at + 1] = spendMinor / minorPerMajor;
}

/** Purchases of the quarter that begins a year before asOf: what the customer did when the coming season was last here. */
export const sameSeason: FeatureFamily = {
  title: 'Same season a year ago',
  reads: '`order.placed`, from the day tiles of the horizon.',
  definitions,
  write,
};
