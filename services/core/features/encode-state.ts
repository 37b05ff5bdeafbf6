import { levelRank } from '../scoring/level.ts';
import type { EpochDay } from '../units.ts';
import { ByteWriter } from './byte-writer.ts';
import type { CustomerState, DayTile, FeatureState, StateBlock } from './customer-state.ts';
import { stateCorrupt } from './state-corrupt.ts';
import { writeSegments } from './segments-field.ts';
import { writeSignals } from './signals/write-signals.ts';
import { stateFlags, stateFormatVersion } from './state-format.ts';

const writer = new ByteWriter(64 * 1024);

/**
 * Packs a state (`state-format.ts`); its version number is not in the bytes. Equal states give equal bytes. A state
 * with impossible numbers is ERR_STATE_CORRUPT: it is found when written, not when needed. The bytes share a block with
 * those of other states (`ByteWriter`).
 */
export function encodeState(state: CustomerState): Buffer {
  writer.restart();
  writer.byte(stateFormatVersion);
  writer.byte(flagsOf(state));
  writer.signed(state.closedDay);
  if (state.sealedRef !== null) {
    writer.blob(Buffer.from(state.sealedRef.keyId));
    writer.blob(state.sealedRef.sealed);
  }
  if (state.lastScore !== null) {
    writer.byte(levelRank(state.lastScore.level));
    writer.double(state.lastScore.churn90);
    writer.signed(state.lastScore.receivedAt);
    writer.blob(state.lastScore.body);
  }
  writer.unsigned(state.blocks.length);
  for (const block of state.blocks) writeBlock(block);
  writeSegments(writer, state);
  return writer.finish();
}

function flagsOf(state: CustomerState): number {
  return (
    (state.withheld ? stateFlags.withheld : 0) |
    (state.erased ? stateFlags.erased : 0) |
    (state.sealedRef !== null ? stateFlags.sealedRef : 0) |
    (state.lastScore !== null ? stateFlags.lastScore : 0) |
    (state.segments !== null ? stateFlags.segments : 0)
  );
}

function writeBlock(block: StateBlock): void {
  writer.byte(block.constituent === null ? 0 : 1);
  if (block.constituent !== null) writer.hex(block.constituent);
  writer.unsigned(block.marks.length);
  for (const mark of block.marks) {
    writer.unsigned(mark.epoch);
    writer.unsigned(mark.partition);
    writer.unsigned(mark.offset);
  }
  writer.unsigned(block.ring.length);
  for (const hash of block.ring) writer.bits52(hash);
  writer.signed(block.asOf);
  writeFeatures(block.features, block.asOf);
}

function writeFeatures(features: FeatureState, asOf: EpochDay): void {
  writer.unsigned(features.revision);
  writeTiles(features.tiles, asOf);
  writePurchaseDays(features.purchaseDays, asOf);
  writer.unsigned(features.lifetimePurchases);
  writer.unsigned(features.lifetimeSpendMinor);
  writer.unsigned(features.lifetimeCancellations);
  writer.unsigned(features.lifetimeCancelledMinor);
  writer.byte(features.firstDay === null ? 0 : 1);
  if (features.firstDay !== null) writer.signed(asOf - features.firstDay);
  writeSignals(writer, features, asOf);
}

function writeTiles(tiles: readonly DayTile[], asOf: EpochDay): void {
  writer.unsigned(tiles.length);
  let previous: EpochDay | null = null;
  for (const tile of tiles) {
    const days = ascending(previous === null ? asOf - tile.day : tile.day - previous);
    const isCancelled = tile.cancellations > 0 || tile.cancelledMinor > 0;
    writer.unsigned(days * 2 + (isCancelled ? 1 : 0));
    writer.unsigned(tile.purchases);
    writer.unsigned(tile.spendMinor);
    if (isCancelled) {
      writer.unsigned(tile.cancellations);
      writer.unsigned(tile.cancelledMinor);
    }
    previous = tile.day;
  }
}

function writePurchaseDays(days: readonly EpochDay[], asOf: EpochDay): void {
  writer.unsigned(days.length);
  for (let index = 0; index < days.length; index++) {
    if (index === 0) writer.signed(asOf - days[0]);
    else writer.unsigned(ascending(days[index] - days[index - 1]));
  }
}

function ascending(step: number): number {
  if (step <= 0) throw stateCorrupt('its days are not in order');
  return step;
}
