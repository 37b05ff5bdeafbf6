import type { EpochDay } from '../units.ts';
import type { PointsLedger } from './points-ledger.ts';

/** Points and when they expire; null for never. */
export interface ExpiringPoints {
  readonly points: number;
  /** The first day on which they cannot be spent any more. */
  readonly expiresOn: EpochDay | null;
}

/** Always: earned + corrected − spent − expired = balance. */
export interface PointsBalance {
  readonly balance: number;
  readonly earned: number;
  readonly spent: number;
  readonly corrected: number;
  readonly expired: number;
  /** What is left, in the order in which it will be used; empty while the balance is not above 0. */
  readonly left: readonly ExpiringPoints[];
}

interface Lot {
  points: number;
  readonly expiresOn: EpochDay | null;
}

/**
 * A member's balance at the beginning of a day, from the bookings before it. What was earned first is used first, and
 * what was earned lives `expiresAfterDays`. Within a day expiry comes first, then earning, then spending. Who spends more
 * than there is, as bookings that come late or an order sent back make it look, owes the rest: the next points settle it.
 */
export function balancePoints(
  ledger: PointsLedger,
  { asOf, expiresAfterDays }: { readonly asOf: EpochDay; readonly expiresAfterDays: number | null },
): PointsBalance {
  const totals = { earned: 0, spent: 0, corrected: 0, expired: 0 };
  const lots: Lot[] = [];
  let owed = 0;
  for (const { day, earned, spent, corrected } of ledger) {
    if (day >= asOf) break;
    totals.expired += expire(lots, day);
    const gained = earned + Math.max(0, corrected);
    const settled = Math.min(owed, gained);
    owed -= settled;
    if (gained > settled) {
      lots.push({ points: gained - settled, expiresOn: expiresAfterDays === null ? null : day + expiresAfterDays });
    }
    owed += use(lots, spent + Math.max(0, -corrected));
    totals.earned += earned;
    totals.spent += spent;
    totals.corrected += corrected;
  }
  totals.expired += expire(lots, asOf);
  const left = lots.filter(({ points }) => points > 0);
  return { balance: left.reduce((sum, { points }) => sum + points, 0) - owed, ...totals, left };
}

/** Takes away what cannot be spent on `day` any more; lots are in the order of their expiry. */
function expire(lots: Lot[], day: EpochDay): number {
  let expired = 0;
  while (lots[0] !== undefined && lots[0].expiresOn !== null && lots[0].expiresOn <= day) {
    expired += lots.shift()?.points ?? 0;
  }
  return expired;
}

/** Uses points, oldest first; returns what there was not. */
function use(lots: Lot[], points: number): number {
  let wanted = points;
  for (const lot of lots) {
    const taken = Math.min(lot.points, wanted);
    lot.points -= taken;
    wanted -= taken;
  }
  return wanted;
}
