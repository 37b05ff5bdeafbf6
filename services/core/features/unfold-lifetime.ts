import type { Remainder } from '../events/retraction-record.ts';
import type { EpochDay } from '../units.ts';
import type { FeatureState } from './customer-state.ts';
import { findDay } from './day-search.ts';
import type { DatedAmount } from './fold-purchase.ts';
import type { FeatureReading } from './reads-features.ts';

/**
 * Takes an event beyond the horizon out again, in place: the reverse of what a fold leaves there, lifetime totals, the
 * day of a purchase, and the first day. No tile is left to tell what else the day holds, so `remains` does.
 * @returns false, with nothing changed, when the features cannot hold such an event
 */
export function unfoldLifetime(
  features: FeatureState,
  reading: Exclude<FeatureReading, null>,
  { day, amountMinor }: DatedAmount,
  remains: Remainder,
): boolean {
  if (reading === 'cancellation') {
    if (features.lifetimeCancellations < 1 || features.lifetimeCancelledMinor < amountMinor) return false;
    features.lifetimeCancellations -= 1;
    features.lifetimeCancelledMinor -= amountMinor;
  } else {
    const index = findDay(features.purchaseDays, day);
    const holdsDay = features.purchaseDays[index] === day;
    if (!holdsDay || features.lifetimePurchases < 1 || features.lifetimeSpendMinor < amountMinor) return false;
    features.lifetimePurchases -= 1;
    features.lifetimeSpendMinor -= amountMinor;
    if (!remains.purchaseDayHeld) features.purchaseDays.splice(index, 1);
  }
  if (features.firstDay === day) features.firstDay = firstOf(remains.firstDay, features.tiles[0]?.day ?? null);
  return true;
}

/** An event that came after the log was read has a tile; it may be the first one now. */
function firstOf(a: EpochDay | null, b: EpochDay | null): EpochDay | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
