import type { EpochDay, MinorUnits } from '../units.ts';

/** One `order.placed`: what it came to and the points it earned under the rules of the time. */
export interface PlacedOrder {
  readonly day: EpochDay;
  readonly amount: MinorUnits;
  readonly points: number;
}

/** What came back of an order, or was cancelled; null is all of it. */
export interface ReturnedOrder {
  readonly day: EpochDay;
  readonly amount: MinorUnits | null;
}

/** What is known of one order, whichever of its events came first. */
export interface OrderMemory {
  /** Hash of its id, or of the event's where the order has none. */
  readonly order: number;
  readonly placed: readonly PlacedOrder[];
  readonly returned: readonly ReturnedOrder[];
}

/** What an order does on one day. */
export interface OrderDay {
  readonly day: EpochDay;
  readonly earned: number;
  /** Not above 0. */
  readonly corrected: number;
  readonly net: MinorUnits;
}

/**
 * What an order does to points and spend, day by day: it depends on its events alone, not on which was known first. What
 * comes back takes its part of the points with it, all of it all of them, and never more than were earned: an order of
 * which nothing is known takes back nothing.
 */
export function orderDays({ placed, returned }: OrderMemory): readonly OrderDay[] {
  const amount = placed.reduce((sum, each) => sum + each.amount, 0);
  const points = placed.reduce((sum, each) => sum + each.points, 0);
  const days: OrderDay[] = placed.map((each) => ({
    day: each.day,
    earned: each.points,
    corrected: 0,
    net: each.amount,
  }));
  let back = 0;
  for (const each of returned.toSorted((a, b) => a.day - b.day)) {
    const now = each.amount === null ? amount : Math.min(amount, back + each.amount);
    const corrected = partOf(points, back, amount) - partOf(points, now, amount);
    if (now > back) days.push({ day: each.day, earned: 0, corrected, net: back - now });
    back = now;
  }
  return days;
}

function partOf(points: number, part: MinorUnits, whole: MinorUnits): number {
  if (part === 0) return 0;
  return part === whole ? points : Math.floor((points * part) / whole);
}
