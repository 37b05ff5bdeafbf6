import type { FeatureState } from './customer-state.ts';
import { earliestTileDay } from './earliest-tile-day.ts';

/**
 * After an event was taken out of the tile at `index`: removes the tile if nothing is left on its day, and finds the
 * first day anew if it was this one. A first day inside the horizon means that everything lies inside the horizon, so
 * the tiles tell it whole.
 */
export function tidyUnfoldedDay(features: FeatureState, index: number): void {
  const tile = features.tiles[index];
  if (tile.purchases > 0 || tile.cancellations > 0) return;
  features.tiles.splice(index, 1);
  if (features.firstDay === tile.day) features.firstDay = earliestTileDay(features);
}
