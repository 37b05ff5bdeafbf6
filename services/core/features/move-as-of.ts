import type { EpochDay } from '../units.ts';
import type { StateBlock } from './customer-state.ts';
import { findTile } from './day-search.ts';
import { horizonDays } from './horizon.ts';

/** Moves `asOf` of a block forward (never back) and drops the tiles that fall out of the horizon. */
export function moveAsOf(block: StateBlock, asOf: EpochDay): void {
  if (asOf <= block.asOf) return;
  block.asOf = asOf;
  dropBefore(block.features.tiles, asOf - horizonDays + 1);
  dropBefore(block.features.signalTiles, asOf - horizonDays + 1);
}

function dropBefore(tiles: { readonly day: EpochDay }[], day: EpochDay): void {
  if (tiles.length === 0 || tiles[0].day >= day) return;
  tiles.splice(0, findTile(tiles, day));
}
