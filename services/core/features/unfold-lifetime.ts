import type { CustomerRecord } from '../events/customer-record.ts';
import type { Remainder } from '../events/retraction-record.ts';
import type { EpochDay } from '../units.ts';
import type { FeatureState } from './customer-state.ts';
import { findDay } from './day-search.ts';
import { earliestTileDay } from './earliest-tile-day.ts';
import type { DatedAmount } from './fold-purchase.ts';
import { featureReading } from './reads-features.ts';
import { readSignal } from './signals/read-signal.ts';
import { unfoldSignalTotals } from './signals/unfold-signal.ts';

/**
 * Takes an event beyond the horizon out again, in place: the reverse of what a fold leaves there, lifetime totals, the
 * day of a purchase, and the first day. No tile is left to tell what else the day holds, so `remains` does.
 * @returns false, with nothing changed, when the features cannot hold such an event
 */
export function unfoldLifetime(
  features: FeatureState,
  record: CustomerRecord,
  day: EpochDay,
  remains: Remainder,
): boolean {
  if (!unfoldTotals(features, record, day, remains)) return false;
  if (features.firstDay === day) features.firstDay = firstOf(remains.firstDay, earliestTileDay(features));
  return true;
}

function unfoldTotals(features: FeatureState, record: CustomerRecord, day: EpochDay, remains: Remainder): boolean {
  const dated = { day, amountMinor: Math.abs(record.reportingAmountMinor ?? 0) };
  switch (featureReading(record)) {
    case 'purchase':
      return unfoldOldPurchase(features, dated, remains);
    case 'cancellation':
      return unfoldOldCancellation(features, dated);
    default: {
      const signal = readSignal(record);
      return signal !== null && unfoldSignalTotals(features, signal);
    }
  }
}

function unfoldOldPurchase(features: FeatureState, { day, amountMinor }: DatedAmount, remains: Remainder): boolean {
  const index = findDay(features.purchaseDays, day);
  const holdsDay = features.purchaseDays[index] === day;
  if (!holdsDay || features.lifetimePurchases < 1 || features.lifetimeSpendMinor < amountMinor) return false;
  features.lifetimePurchases -= 1;
  features.lifetimeSpendMinor -= amountMinor;
  if (!remains.purchaseDayHeld) features.purchaseDays.splice(index, 1);
  return true;
}

function unfoldOldCancellation(features: FeatureState, { amountMinor }: DatedAmount): boolean {
  if (features.lifetimeCancellations < 1 || features.lifetimeCancelledMinor < amountMinor) return false;
  features.lifetimeCancellations -= 1;
  features.lifetimeCancelledMinor -= amountMinor;
  return true;
}

/** An event that came after the log was read has a tile; it may be the first one now. */
function firstOf(a: EpochDay | null, b: EpochDay | null): EpochDay | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
