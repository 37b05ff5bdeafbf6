import type { EpochDay, MinorUnits } from '../units.ts';
import type { FeatureState } from './customer-state.ts';
import { findDay } from './day-search.ts';
import { tileOf } from './day-tile.ts';
import { saturatingAdd } from './saturating-add.ts';

/** A purchase or a cancellation on a business day. */
export interface DatedAmount {
  readonly day: EpochDay;
  /** Not negative; 0 where the event named no amount. */
  readonly amountMinor: MinorUnits;
}

/**
 * Folds one purchase into the features, in place. Commutative: any order of folds gives the same features. Beyond the
 * horizon of `asOf` only the lifetime parts and the purchase days change. Duplicates are the caller's matter.
 */
export function foldPurchase(features: FeatureState, purchase: DatedAmount, asOf: EpochDay): void {
  const { day, amountMinor } = purchase;
  const tile = tileOf(features, day, asOf);
  if (tile !== null) {
    tile.purchases += 1;
    tile.spendMinor = saturatingAdd(tile.spendMinor, amountMinor);
  }
  const index = findDay(features.purchaseDays, day);
  if (features.purchaseDays[index] !== day) features.purchaseDays.splice(index, 0, day);
  features.lifetimePurchases += 1;
  features.lifetimeSpendMinor = saturatingAdd(features.lifetimeSpendMinor, amountMinor);
  if (features.firstDay === null || day < features.firstDay) features.firstDay = day;
}
