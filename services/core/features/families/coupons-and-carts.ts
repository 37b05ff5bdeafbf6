import type { FeatureState } from '../customer-state.ts';
import type { FeatureDefinition, FeatureFamily, VectorFrame } from '../feature-definition.ts';
import { counterId } from '../signals/signal-counters.ts';
import { countedOnce } from '../signals/signal-feature.ts';
import { countOf } from '../signals/sparse-counts.ts';

const definitions: readonly FeatureDefinition[] = [
  {
    name: 'coupon_share_365',
    unit: 'ratio',
    description:
      'Share of the orders in the 365 days before asOf that used a coupon (orders with a `coupon`, or ' +
      '`coupon.redeemed` where these are more), at most 1; undefined without an order in them. ' +
      countedOnce,
    since: 2,
  },
  {
    name: 'carts_abandoned_30',
    unit: 'count',
    description:
      'Business days in the 30 days before asOf, the last one not among them, with a change of the cart and no ' +
      `purchase on that or the next day; 0 where there is none. ${countedOnce}`,
    since: 2,
  },
  {
    name: 'carts_abandoned_90',
    unit: 'count',
    description: `The same in the 90 days before asOf. ${countedOnce}`,
    since: 2,
  },
];

function write(state: FeatureState, { asOf, signals }: VectorFrame, out: Float64Array, at: number): void {
  const orders = ordersOf(state, asOf);
  const coupons = Math.max(signals.sum('couponOrders', 365), signals.sum('couponsRedeemed', 365));
  out[at] = orders === 0 ? Number.NaN : Math.min(1, coupons / orders);
  out[at + 1] = 0;
  out[at + 2] = 0;
  if (signals.sum('cartUpdates', 90) > 0) writeCarts(state, asOf, out, at + 1);
}

function ordersOf({ tiles }: FeatureState, asOf: number): number {
  let orders = 0;
  for (let i = tiles.length - 1; i >= 0 && tiles[i].day >= asOf - 365; i--) orders += tiles[i].purchases;
  return orders;
}

function writeCarts({ signalTiles, purchaseDays }: FeatureState, asOf: number, out: Float64Array, at: number): void {
  const bought = new Set(purchaseDays.slice(-91));
  for (let i = signalTiles.length - 1; i >= 0 && signalTiles[i].day >= asOf - 90; i--) {
    const { day, counts } = signalTiles[i];
    if (day >= asOf - 1 || countOf(counts, counterId.cartUpdates) === 0) continue;
    if (bought.has(day) || bought.has(day + 1)) continue;
    if (day >= asOf - 30) out[at] += 1;
    out[at + 1] += 1;
  }
}

/** Buying with coupons only, and baskets that come to nothing. */
export const couponsAndCarts: FeatureFamily = {
  title: 'Coupons and carts',
  reads: '`coupon.redeemed`, `cart.updated`, `order.placed` and its property `coupon`.',
  definitions,
  write,
};
