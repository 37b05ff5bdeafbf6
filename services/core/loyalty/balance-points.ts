import type { EpochDay } from '../units.ts';
import type { PointsDay, PointsLedger } from './points-ledger.ts';

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

/** A ledger's days before `day`, worked off into one line. */
export interface PointsOpening extends PointsBalance {
  /** The first day that is not part of it. */
  readonly day: EpochDay;
}

export interface BalanceMoment {
  readonly asOf: EpochDay;
  readonly expiresAfterDays: number | null;
  /** What stood before the first day of the ledger; null for nothing. */
  readonly opening?: PointsOpening | null;
  /** Counts what was booked on `asOf` so far too. */
  readonly includesAsOf?: boolean;
}

interface Lot {
  points: number;
  readonly expiresOn: EpochDay | null;
}

interface Account {
  readonly totals: { earned: number; spent: number; corrected: number; expired: number };
  readonly lots: Lot[];
  owed: number;
}

/**
 * A member's balance at the beginning of a day, from the bookings before it. What was earned first is used first, and
 * what was earned lives `expiresAfterDays`. Within a day expiry comes first, then earning, then spending. Who spends more
 * than there is, as bookings that come late or an order sent back make it look, owes the rest: the next points settle it.
 */
export function balancePoints(ledger: PointsLedger, moment: BalanceMoment): PointsBalance {
  const { asOf, expiresAfterDays, opening = null, includesAsOf = false } = moment;
  const account = openAccount(opening);
  for (const day of ledger) {
    if (day.day > asOf || (day.day === asOf && !includesAsOf)) break;
    bookDay(account, day, expiresAfterDays);
  }
  const { totals, lots, owed } = account;
  totals.expired += expire(lots, asOf);
  const left = lots.filter(({ points }) => points > 0);
  return { balance: left.reduce((sum, { points }) => sum + points, 0) - owed, ...totals, left };
}

function openAccount(opening: PointsOpening | null): Account {
  if (opening === null) return { totals: { earned: 0, spent: 0, corrected: 0, expired: 0 }, lots: [], owed: 0 };
  const { earned, spent, corrected, expired, left, balance } = opening;
  return {
    totals: { earned, spent, corrected, expired },
    lots: left.map((lot) => ({ ...lot })),
    owed: Math.max(0, -balance),
  };
}

function bookDay(account: Account, { day, earned, spent, corrected }: PointsDay, lifeDays: number | null): void {
  const { totals, lots } = account;
  totals.expired += expire(lots, day);
  // A day that lost an earning which its opening line still has is below 0.
  const gained = Math.max(0, earned) + Math.max(0, corrected) + Math.max(0, -spent);
  const settled = Math.min(account.owed, gained);
  account.owed -= settled;
  if (gained > settled) lots.push({ points: gained - settled, expiresOn: lifeDays === null ? null : day + lifeDays });
  account.owed += use(lots, Math.max(0, spent) + Math.max(0, -corrected) + Math.max(0, -earned));
  totals.earned += earned;
  totals.spent += spent;
  totals.corrected += corrected;
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
