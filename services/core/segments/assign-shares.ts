import type { ShareScheme } from './segments-document.ts';

/** One customer as share mode sees them. */
export interface RankedCustomer {
  /** Decides between equal values, so that the same customers always give the same tiers. */
  readonly id: string;
  /** Value of the measure that each tier ranks by; not read for the last tier. */
  readonly by: readonly number[];
}

/**
 * Tiers of all customers at once, with the shares met exactly: each tier but the last takes, of those the tiers before it
 * left, the customers with the highest values, as many as its share of all customers comes to, rounded. An undefined
 * value ranks lowest.
 * @returns the tier's place for each customer, in their order
 */
export function assignShares(tiers: ShareScheme['tiers'], customers: readonly RankedCustomer[]): readonly number[] {
  const places = new Array<number>(customers.length).fill(tiers.length - 1);
  const counts = tierCounts(tiers, customers.length);
  let left = customers.map((_, i) => i);
  for (let tier = 0; tier < tiers.length - 1; tier++) {
    left.sort((a, b) => compare(customers[a], customers[b], tier));
    for (const index of left.slice(0, counts[tier])) places[index] = tier;
    left = left.slice(counts[tier]);
  }
  return places;
}

/**
 * How many customers each tier has: the difference of rounded running totals, so that each count is less than one
 * customer away from its share and together they are all.
 */
export function tierCounts(tiers: ShareScheme['tiers'], customers: number): readonly number[] {
  let share = 0;
  let taken = 0;
  return tiers.map((tier, i) => {
    share += tier.share;
    const until = i === tiers.length - 1 ? customers : Math.min(customers, Math.round(share * customers));
    const count = until - taken;
    taken = until;
    return count;
  });
}

function compare(a: RankedCustomer, b: RankedCustomer, tier: number): number {
  const difference = rankValue(b.by[tier]) - rankValue(a.by[tier]);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function rankValue(value: number): number {
  return Number.isNaN(value) ? -Infinity : value;
}
