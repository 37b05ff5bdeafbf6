import { levelRank } from '../../services/core/scoring/level.ts';
import type { EpochDay } from '../../services/core/units.ts';
import { ByteWriter } from '../../services/core/features/byte-writer.ts';
import type { CustomerState, DayTile, FeatureState, StateBlock } from '../../services/core/features/customer-state.ts';
import { stateCorrupt } from '../../services/core/features/state-corrupt.ts';
import { stateFlags } from '../../services/core/features/state-format.ts';

const writer = new ByteWriter(4096);

/** Packs a state as releases with format 1 or 2 did; its signals are lost, and with 1 the revision of its features. */
export function encodeEarlierFormat(state: CustomerState, format: 1 | 2): Buffer {
  writer.restart();
  writer.byte(format);
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
  for (const block of state.blocks) writeBlock(block, format);
  return writer.finish();
}

function flagsOf(state: CustomerState): number {
  return (
    (state.withheld ? stateFlags.withheld : 0) |
    (state.erased ? stateFlags.erased : 0) |
    (state.sealedRef !== null ? stateFlags.sealedRef : 0) |
    (state.lastScore !== null ? stateFlags.lastScore : 0)
  );
}

function writeBlock(block: StateBlock, format: 1 | 2): void {
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
  if (format === 2) writer.unsigned(block.features.revision);
  writeFeatures(block.features, block.asOf);
}

function writeFeatures(features: FeatureState, asOf: EpochDay): void {
  writeTiles(features.tiles, asOf);
  writePurchaseDays(features.purchaseDays, asOf);
  writer.unsigned(features.lifetimePurchases);
  writer.unsigned(features.lifetimeSpendMinor);
  writer.unsigned(features.lifetimeCancellations);
  writer.unsigned(features.lifetimeCancelledMinor);
  writer.byte(features.firstDay === null ? 0 : 1);
  if (features.firstDay !== null) writer.signed(asOf - features.firstDay);
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
