import type { EpochDay } from '../../units.ts';
import type { FeatureState } from '../customer-state.ts';
import { findDay, findTile } from '../day-search.ts';
import { earliestTileDay } from '../earliest-tile-day.ts';
import { isForLife } from './lifetime-counters.ts';
import type { Signal } from './signal.ts';
import { countOf, takeCount } from './sparse-counts.ts';

/**
 * Takes a signal inside the horizon out again, in place: the reverse of `foldSignal`. Exact, but for a day with more
 * steps of cases, or a customer with more contracts, than are kept, and for counts that have reached the largest safe
 * integer.
 * @returns false, with nothing changed, when the day holds no such signal
 */
export function unfoldSignal(features: FeatureState, signal: Signal, day: EpochDay): boolean {
  const { counts, caseMark } = signal;
  const index = findTile(features.signalTiles, day);
  const tile = features.signalTiles[index];
  if (tile?.day !== day || !holdsForLife(features, signal)) return false;
  for (let at = 0; at < counts.length; at += 2) if (countOf(tile.counts, counts[at]) < counts[at + 1]) return false;
  if (caseMark !== null && !tile.cases.includes(caseMark)) return false;
  for (let at = 0; at < counts.length; at += 2) takeCount(tile.counts, counts[at], counts[at + 1]);
  if (caseMark !== null) tile.cases.splice(tile.cases.indexOf(caseMark), 1);
  takeForLife(features, signal);
  if (tile.counts.length > 0) return true;
  features.signalTiles.splice(index, 1);
  if (features.firstDay === day) features.firstDay = earliestTileDay(features);
  return true;
}

/** Takes out what a signal beyond the horizon left, in place; false, with nothing changed, where it cannot have. */
export function unfoldSignalTotals(features: FeatureState, signal: Signal): boolean {
  if (!holdsForLife(features, signal)) return false;
  takeForLife(features, signal);
  return true;
}

function holdsForLife({ signalTotals, contractEnds }: FeatureState, { counts, contractEnd }: Signal): boolean {
  for (let at = 0; at < counts.length; at += 2) {
    if (isForLife(counts[at]) && countOf(signalTotals, counts[at]) < counts[at + 1]) return false;
  }
  return contractEnd === null || contractEnds.includes(contractEnd);
}

function takeForLife({ signalTotals, contractEnds }: FeatureState, { counts, contractEnd }: Signal): void {
  for (let at = 0; at < counts.length; at += 2) {
    if (isForLife(counts[at])) takeCount(signalTotals, counts[at], counts[at + 1]);
  }
  if (contractEnd !== null) contractEnds.splice(findDay(contractEnds, contractEnd), 1);
}
