import type { EpochDay } from '../../units.ts';
import type { ByteReader } from '../byte-reader.ts';
import type { FeatureState, SignalTile } from '../customer-state.ts';
import { stateCorrupt } from '../state-corrupt.ts';
import { stepOf } from './case-marks.ts';
import { signalCounters } from './signal-counters.ts';
import type { SparseCounts } from './sparse-counts.ts';

type Signals = Pick<FeatureState, 'signalTiles' | 'signalTotals' | 'contractEnds'>;

/** The signals of somebody of whom none came. */
export function noSignals(): Signals {
  return { signalTiles: [], signalTotals: [], contractEnds: [] };
}

/** Unpacks what `writeSignals` wrote behind its first byte. */
export function readSignals(reader: ByteReader, asOf: EpochDay): Signals {
  const signalTiles: SignalTile[] = [];
  for (let left = reader.count(2); left > 0; left--) signalTiles.push(readTile(reader, asOf, signalTiles.at(-1)));
  const signalTotals = readCounts(reader);
  const contractEnds: EpochDay[] = [];
  for (let left = reader.count(1); left > 0; left--) {
    const last = contractEnds.at(-1);
    contractEnds.push(last === undefined ? asOf - reader.signed() : last + reader.unsigned());
  }
  if (signalTiles.length + signalTotals.length + contractEnds.length === 0) throw stateCorrupt('its signals are empty');
  return { signalTiles, signalTotals, contractEnds };
}

function readTile(reader: ByteReader, asOf: EpochDay, before: SignalTile | undefined): SignalTile {
  const head = reader.unsigned();
  const days = Math.floor(head / 2);
  if (days === 0) throw stateCorrupt('its days are not in order');
  const counts = readCounts(reader);
  const cases = head % 2 === 1 ? readMarks(reader) : [];
  return { day: before === undefined ? asOf - days : before.day + days, counts, cases };
}

function readMarks(reader: ByteReader): number[] {
  const marks: number[] = [];
  for (let left = reader.count(1); left > 0; left--) marks.push((marks.at(-1) ?? 0) + reader.unsigned());
  if (marks.length === 0 || marks.some((mark) => mark >= 2 ** 31 || stepOf(mark) === undefined))
    throw stateCorrupt('a case is damaged');
  return marks;
}

function readCounts(reader: ByteReader): SparseCounts {
  const counts: SparseCounts = [];
  for (let left = reader.count(2); left > 0; left--) {
    const step = reader.unsigned();
    if (step === 0 && counts.length > 0) throw stateCorrupt('its counters are not in order');
    const id = (counts.at(-2) ?? 0) + step;
    if (id >= signalCounters.length) throw stateCorrupt('a counter is unknown');
    counts.push(id, reader.unsigned());
  }
  return counts;
}
