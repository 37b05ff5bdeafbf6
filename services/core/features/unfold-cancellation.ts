import type { FeatureState } from './customer-state.ts';
import { findTile } from './day-search.ts';
import type { DatedAmount } from './fold-purchase.ts';
import { tidyUnfoldedDay } from './tidy-unfolded-day.ts';

/**
 * Takes a cancellation inside the horizon out again, in place: the reverse of `foldCancellation`.
 * @returns false, with nothing changed, when the day holds no such cancellation
 */
export function unfoldCancellation(features: FeatureState, { day, amountMinor }: DatedAmount): boolean {
  const index = findTile(features.tiles, day);
  const tile = features.tiles[index];
  if (tile?.day !== day || tile.cancellations < 1 || tile.cancelledMinor < amountMinor) return false;
  tile.cancellations -= 1;
  tile.cancelledMinor -= amountMinor;
  features.lifetimeCancellations -= 1;
  features.lifetimeCancelledMinor -= amountMinor;
  tidyUnfoldedDay(features, index);
  return true;
}
