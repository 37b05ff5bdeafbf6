import type { FeatureState } from '../customer-state.ts';
import { findTile } from '../day-search.ts';
import type { FeatureDefinition, FeatureFamily, VectorFrame } from '../feature-definition.ts';
import { horizonDays } from '../horizon.ts';
import { changeOf } from '../signals/signal-windows.ts';

const once = 'A late event counts on its own day, a duplicate never.';
const change =
  'in the 90 days before asOf against the 90 days before those: (new - old) / (new + old), from -1 (none any more) to ' +
  `1 (none before); undefined where there is none in either. ${once}`;

const definitions: readonly FeatureDefinition[] = [
  {
    name: 'order_amount_mean',
    unit: 'money',
    description: `spend / orders: what one order is worth on average, ever; undefined without a purchase. ${once}`,
  },
  {
    name: 'spend_last_day',
    unit: 'money',
    description:
      'Gross spend of the last purchase day; undefined without a purchase in the last ' +
      `${horizonDays - 1} days. ${once}`,
  },
  {
    name: 'spend_day_max_365',
    unit: 'money',
    description: `Largest gross spend of one business day in the 365 days before asOf; 0 without a purchase. ${once}`,
  },
  { name: 'purchase_days_change_90', unit: 'ratio', description: `Purchase days ${change}` },
  { name: 'spend_change_90', unit: 'ratio', description: `Gross spend ${change}` },
];

function write(state: FeatureState, { asOf, minorPerMajor }: VectorFrame, out: Float64Array, at: number): void {
  const { tiles } = state;
  let largest = 0;
  const days = [0, 0];
  const spend = [0, 0];
  for (let i = tiles.length - 1; i >= 0 && tiles[i].day >= asOf - 365; i--) {
    const { day, purchases, spendMinor } = tiles[i];
    if (purchases === 0) continue;
    if (spendMinor > largest) largest = spendMinor;
    if (day < asOf - 180) continue;
    const half = day >= asOf - 90 ? 0 : 1;
    days[half] += 1;
    spend[half] += spendMinor;
  }
  out[at] =
    state.lifetimePurchases === 0 ? Number.NaN : state.lifetimeSpendMinor / minorPerMajor / state.lifetimePurchases;
  out[at + 1] = spendOfLastDay(state, asOf) / minorPerMajor;
  out[at + 2] = largest / minorPerMajor;
  out[at + 3] = changeOf(days[0], days[1]);
  out[at + 4] = changeOf(spend[0], spend[1]);
}

function spendOfLastDay({ tiles, purchaseDays }: FeatureState, asOf: number): number {
  const last = purchaseDays.at(-1);
  if (last === undefined || last <= asOf - horizonDays) return Number.NaN;
  return tiles[findTile(tiles, last)].spendMinor;
}

/** What orders are worth, and whether they are getting fewer or smaller. */
export const orderAmounts: FeatureFamily = {
  title: 'Order amounts and change',
  reads: '`order.placed`; amounts of single days from the day tiles of the horizon.',
  definitions,
  write,
};
