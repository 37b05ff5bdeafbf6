import type { EpochDay } from '../units.ts';
import type { FeatureState } from './customer-state.ts';

/** First day that still has a tile of any kind; null without tiles. */
export function earliestTileDay({ tiles, signalTiles }: FeatureState): EpochDay | null {
  const first = Math.min(tiles[0]?.day ?? Infinity, signalTiles[0]?.day ?? Infinity);
  return first === Infinity ? null : first;
}
