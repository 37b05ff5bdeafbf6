import type { EpochDay } from '../units.ts';
import { balancePoints, type ExpiringPoints, type PointsOpening } from './balance-points.ts';
import type { PointsLedger } from './points-ledger.ts';

/**
 * Works the days before `day` off into the opening line; no balance from `day` on changes by it.
 * @param expiresAfterDays of the points in the days that are folded
 */
export function foldLedger(
  ledger: PointsLedger,
  opening: PointsOpening | null,
  { day, expiresAfterDays }: { readonly day: EpochDay; readonly expiresAfterDays: number | null },
): { readonly opening: PointsOpening; readonly ledger: PointsLedger } {
  const before = balancePoints(ledger, { asOf: day, expiresAfterDays, opening });
  return {
    opening: { ...before, day, left: byExpiry(before.left) },
    ledger: ledger.filter((each) => each.day >= day),
  };
}

/** What never expires, or on the same day, is one. */
function byExpiry(left: readonly ExpiringPoints[]): readonly ExpiringPoints[] {
  const groups = Map.groupBy(left, ({ expiresOn }) => expiresOn);
  return [...groups].map(([expiresOn, lots]) => ({
    points: lots.reduce((sum, { points }) => sum + points, 0),
    expiresOn,
  }));
}
