import type { EpochDay } from '../../units.ts';
import type { FeatureState, SignalTile } from '../customer-state.ts';
import { findTile } from '../day-search.ts';
import { isBeyondHorizon } from '../horizon.ts';
import { addMark } from './case-marks.ts';
import { addContractEnd } from './contract-ends.ts';
import { isForLife } from './lifetime-counters.ts';
import type { Signal } from './signal.ts';
import { addCount } from './sparse-counts.ts';

/**
 * Folds one signal into the features, in place. Commutative: any order of folds gives the same features. Beyond the
 * horizon of `asOf` only what is kept for life changes. Duplicates are the caller's matter.
 */
export function foldSignal(features: FeatureState, signal: Signal, day: EpochDay, asOf: EpochDay): void {
  const { counts, caseMark, contractEnd } = signal;
  const tile = isBeyondHorizon(day, asOf) ? null : signalTileOf(features.signalTiles, day);
  for (let at = 0; at < counts.length; at += 2) {
    if (tile !== null) addCount(tile.counts, counts[at], counts[at + 1]);
    if (isForLife(counts[at])) addCount(features.signalTotals, counts[at], counts[at + 1]);
  }
  if (tile !== null && caseMark !== null) addMark(tile.cases, caseMark);
  if (contractEnd !== null) addContractEnd(features.contractEnds, contractEnd);
  if (features.firstDay === null || day < features.firstDay) features.firstDay = day;
}

function signalTileOf(tiles: SignalTile[], day: EpochDay): SignalTile {
  const index = findTile(tiles, day);
  const found = tiles[index];
  if (found?.day === day) return found;
  const made: SignalTile = { day, counts: [], cases: [] };
  tiles.splice(index, 0, made);
  return made;
}
