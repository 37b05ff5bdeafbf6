import type { EpochDay } from '../units.ts';

/** What a booking does to a member's points. */
export type PointsKind = 'earn' | 'spend' | 'correct';

/** One booking. Points are whole; only corrections may be negative, as when an order comes back. */
export interface PointsBooking {
  readonly kind: PointsKind;
  readonly day: EpochDay;
  readonly points: number;
}

/** What was booked on one day; sums, so that the order of bookings does not matter. */
export interface PointsDay {
  readonly day: EpochDay;
  readonly earned: number;
  readonly spent: number;
  readonly corrected: number;
}

/** All bookings of a member by day, in the order of days. */
export type PointsLedger = readonly PointsDay[];

/**
 * The ledger with one more booking. Bookings in any order give the same ledger; whether a booking was seen before is for
 * the caller to know. Points that are no whole number, or negative where they may not be, are a RangeError.
 */
export function bookPoints(ledger: PointsLedger, { kind, day, points }: PointsBooking): PointsLedger {
  if (!Number.isSafeInteger(points) || (kind !== 'correct' && points < 0)) {
    throw new RangeError(`A booking of kind ${kind} cannot have ${points} points.`);
  }
  return addPointsDay(ledger, {
    day,
    earned: kind === 'earn' ? points : 0,
    spent: kind === 'spend' ? points : 0,
    corrected: kind === 'correct' ? points : 0,
  });
}

/** The ledger with what a day has more, or less where a booking is taken back as if it had never been. */
export function addPointsDay(ledger: PointsLedger, more: PointsDay): PointsLedger {
  const before = ledger.filter((each) => each.day < more.day);
  const after = ledger.filter((each) => each.day > more.day);
  const same = ledger.find((each) => each.day === more.day);
  const booked = {
    day: more.day,
    earned: (same?.earned ?? 0) + more.earned,
    spent: (same?.spent ?? 0) + more.spent,
    corrected: (same?.corrected ?? 0) + more.corrected,
  };
  const isEmpty = booked.earned === 0 && booked.spent === 0 && booked.corrected === 0;
  return [...before, ...(isEmpty ? [] : [booked]), ...after];
}
