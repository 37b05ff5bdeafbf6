import type { EpochDay } from '../units.ts';
import type { StateBlock } from './customer-state.ts';
import { findTile } from './day-search.ts';
import { horizonDays } from './horizon.ts';

/** Moves `asOf` of a block forward (never back) and drops the tiles that fall out of the horizon. */
export function moveAsOf(block: StateBlock, asOf: EpochDay): void {
  if (asOf <= block.asOf) return;
  block.asOf = asOf;
  const { tiles } = block.features;
  const kept = findTile(tiles, asOf - horizonDays + 1);
  if (kept > 0) tiles.splice(0, kept);
}
