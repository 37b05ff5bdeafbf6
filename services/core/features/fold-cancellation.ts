import type { EpochDay } from '../units.ts';
import type { FeatureState } from './customer-state.ts';
import { tileOf } from './day-tile.ts';
import type { DatedAmount } from './fold-purchase.ts';
import { saturatingAdd } from './saturating-add.ts';

/**
 * Folds one cancellation or return into the features, in place; the same rules as for a purchase. The purchase it
 * takes back stays counted: spend is gross.
 */
export function foldCancellation(features: FeatureState, cancellation: DatedAmount, asOf: EpochDay): void {
  const { day, amountMinor } = cancellation;
  const tile = tileOf(features, day, asOf);
  if (tile !== null) {
    tile.cancellations += 1;
    tile.cancelledMinor = saturatingAdd(tile.cancelledMinor, amountMinor);
  }
  features.lifetimeCancellations += 1;
  features.lifetimeCancelledMinor = saturatingAdd(features.lifetimeCancelledMinor, amountMinor);
  if (features.firstDay === null || day < features.firstDay) features.firstDay = day;
}
