import type { EpochDay } from '../units.ts';
import type { DayTile, FeatureState } from './customer-state.ts';
import { findTile } from './day-search.ts';
import { isBeyondHorizon } from './horizon.ts';

/** The tile of a day, made at its sorted place if it is new; null beyond the horizon, where no tiles are kept. */
export function tileOf(features: FeatureState, day: EpochDay, asOf: EpochDay): DayTile | null {
  if (isBeyondHorizon(day, asOf)) return null;
  const index = findTile(features.tiles, day);
  const found = features.tiles[index];
  if (found?.day === day) return found;
  const made: DayTile = { day, purchases: 0, spendMinor: 0, cancellations: 0, cancelledMinor: 0 };
  features.tiles.splice(index, 0, made);
  return made;
}
