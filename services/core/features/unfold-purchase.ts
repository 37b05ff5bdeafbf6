import type { FeatureState } from './customer-state.ts';
import { findDay, findTile } from './day-search.ts';
import type { DatedAmount } from './fold-purchase.ts';
import { tidyUnfoldedDay } from './tidy-unfolded-day.ts';

/**
 * Takes a purchase inside the horizon out again, in place: the reverse of `foldPurchase`.
 * @returns false, with nothing changed, when the day holds no such purchase
 */
export function unfoldPurchase(features: FeatureState, { day, amountMinor }: DatedAmount): boolean {
  const index = findTile(features.tiles, day);
  const tile = features.tiles[index];
  if (tile?.day !== day || tile.purchases < 1 || tile.spendMinor < amountMinor) return false;
  tile.purchases -= 1;
  tile.spendMinor -= amountMinor;
  features.lifetimePurchases -= 1;
  features.lifetimeSpendMinor -= amountMinor;
  if (tile.purchases === 0) features.purchaseDays.splice(findDay(features.purchaseDays, day), 1);
  tidyUnfoldedDay(features, index);
  return true;
}
