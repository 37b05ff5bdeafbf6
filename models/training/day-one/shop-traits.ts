import type { Random } from '../../../simulator/random.ts';

/** What tells one simulated shop from another; `drawShopTraits` says in which ranges. */
export interface ShopTraits {
  /** Days the shop is watched for. */
  readonly days: number;
  readonly customers: number;
  /** Share of the customers that come in a rush within the first 90 days; the others come evenly. */
  readonly openingShare: number;
  /** Median of an order, major units. */
  readonly medianOrder: number;
  /** Standard deviations of the log of an order: between customers, and of the orders of one customer. */
  readonly orderSigma: { readonly between: number; readonly within: number };
  /** Mean of the purchases per day of a customer, and the shape of their gamma distribution over customers. */
  readonly rate: { readonly mean: number; readonly shape: number };
  /** Shape of the gamma distribution of gaps: 1 is without memory, above is regular. */
  readonly gapShape: number;
  /** Share of the customers who never come back after the first purchase. */
  readonly oneTimeShare: number;
  /** Chance to leave after a purchase, Beta over customers. */
  readonly leaving: { readonly mean: number; readonly weight: number };
  /** Mean of the days after which a customer leaves whatever happens; Infinity where nobody does. */
  readonly lifeDays: number;
  /** Chance that a long rest follows a purchase, and its mean length in days. */
  readonly rest: { readonly chance: number; readonly days: number };
  /** Share of the purchases that are not made in the deepest low season, and the day of the year of the peak. */
  readonly season: { readonly strength: number; readonly peakDay: number };
  readonly cancelledShare: number;
  /** How strongly frequent customers spend more (above 0) or less per order. */
  readonly spendByRate: number;
}

/** A shop at random: rhythms of days to months, all ages, steady or seasonal, with loyal or passing customers. */
export function drawShopTraits(random: Random): ShopTraits {
  const { between, chance } = random;
  const logBetween = (low: number, high: number): number => low * (high / low) ** random.unit();
  return {
    days: random.integer(150, 900),
    customers: Math.round(logBetween(150, 700)),
    openingShare: chance(0.25) ? between(0.5, 1) : between(0, 0.4),
    medianOrder: logBetween(3, 1500),
    orderSigma: { between: between(0.15, 1.1), within: between(0.15, 0.9) },
    rate: { mean: 1 / logBetween(8, 250), shape: logBetween(0.25, 4) },
    gapShape: chance(0.5) ? 1 : between(1, 3),
    oneTimeShare: chance(0.5) ? 0 : between(0, 0.6),
    leaving: { mean: chance(0.3) ? 0.001 : between(0.01, 0.4), weight: logBetween(0.5, 20) },
    lifeDays: chance(0.5) ? Infinity : logBetween(60, 1500),
    rest: { chance: chance(0.5) ? 0 : between(0.02, 0.25), days: between(30, 240) },
    season: { strength: chance(0.4) ? 0 : between(0.1, 0.8), peakDay: between(0, 365) },
    cancelledShare: chance(0.4) ? 0 : between(0, 0.15),
    spendByRate: between(-0.2, 0.4),
  };
}
