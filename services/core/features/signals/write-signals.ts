import type { EpochDay } from '../../units.ts';
import type { ByteWriter } from '../byte-writer.ts';
import type { FeatureState, SignalTile } from '../customer-state.ts';
import { stateCorrupt } from '../state-corrupt.ts';

/** Packs the signals of a block (`state-format.ts`): one byte where there are none. */
export function writeSignals(writer: ByteWriter, features: FeatureState, asOf: EpochDay): void {
  const { signalTiles, signalTotals, contractEnds } = features;
  if (signalTiles.length === 0 && signalTotals.length === 0 && contractEnds.length === 0) {
    writer.byte(0);
    return;
  }
  writer.byte(1);
  writer.unsigned(signalTiles.length);
  let previous: EpochDay | null = null;
  for (const tile of signalTiles) {
    writeTile(writer, tile, previous === null ? asOf - tile.day : tile.day - previous);
    previous = tile.day;
  }
  writeCounts(writer, signalTotals);
  writer.unsigned(contractEnds.length);
  for (let i = 0; i < contractEnds.length; i++) {
    if (i === 0) writer.signed(asOf - contractEnds[0]);
    else writer.unsigned(contractEnds[i] - contractEnds[i - 1]);
  }
}

function writeTile(writer: ByteWriter, { counts, cases }: SignalTile, days: number): void {
  if (days <= 0) throw stateCorrupt('its days are not in order');
  writer.unsigned(days * 2 + (cases.length > 0 ? 1 : 0));
  writeCounts(writer, counts);
  if (cases.length === 0) return;
  writer.unsigned(cases.length);
  for (let i = 0; i < cases.length; i++) writer.unsigned(i === 0 ? cases[0] : cases[i] - cases[i - 1]);
}

function writeCounts(writer: ByteWriter, counts: readonly number[]): void {
  writer.unsigned(counts.length / 2);
  let previous = 0;
  for (let at = 0; at < counts.length; at += 2) {
    if (at > 0 && counts[at] <= previous) throw stateCorrupt('its counters are not in order');
    writer.unsigned(counts[at] - previous);
    writer.unsigned(counts[at + 1]);
    previous = counts[at];
  }
}
