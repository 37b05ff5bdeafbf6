import { EngineError } from '../errors.ts';
import { levels } from '../scoring/level.ts';
import type { EpochDay, MinorUnits } from '../units.ts';
import { ByteReader } from './byte-reader.ts';
import type { CustomerState, DayTile, FeatureState, LastScore, Mark, StateBlock } from './customer-state.ts';
import { noSignals, readSignals } from './signals/read-signals.ts';
import { stateCorrupt } from './state-corrupt.ts';
import { readSegments } from './segments-field.ts';
import { stateFlags, stateFormatVersion } from './state-format.ts';

const allFlags = Object.values(stateFlags).reduce((all: number, flag) => all | flag, 0);

/**
 * Unpacks a state written by `encodeState` of this or any earlier release; the result shares no memory with `bytes`.
 * ERR_STATE_CORRUPT for bytes that are not exactly one state of a known format. What a newer release wrote is refused and
 * left as it is: a guess would lose what that release added, and the next write would make the loss permanent.
 * @param version the state's version number, as stored beside the bytes
 */
export function decodeState(bytes: Buffer, version: number): CustomerState {
  const reader = new ByteReader(bytes);
  const format = readFormat(reader, bytes);
  const flags = reader.byte();
  if ((flags & ~allFlags) !== 0) throw stateCorrupt('it has unknown flags');
  const closedDay = reader.signed();
  const sealedRef = (flags & stateFlags.sealedRef) === 0 ? null : readSealedRef(reader);
  const lastScore = (flags & stateFlags.lastScore) === 0 ? null : readLastScore(reader);
  const blocks: StateBlock[] = [];
  for (let left = reader.count(10); left > 0; left--) blocks.push(readBlock(reader, format));
  const segments = readSegments(reader, format, flags);
  reader.expectEnd();
  return {
    version,
    withheld: (flags & stateFlags.withheld) !== 0,
    erased: (flags & stateFlags.erased) !== 0,
    closedDay,
    sealedRef,
    lastScore,
    blocks,
    segments,
  };
}

function readFormat(reader: ByteReader, bytes: Buffer): number {
  if (bytes.length === 0) throw stateCorrupt('it has no bytes');
  const format = reader.byte();
  if (format > stateFormatVersion) throw newerFormat(format);
  if (format < 1) throw stateCorrupt(`no release wrote its format ${format}`);
  return format;
}

function newerFormat(format: number): EngineError {
  const message =
    `A customer state has format ${format}, and this release reads up to format ${stateFormatVersion}: a newer release ` +
    'wrote it, or its bytes are damaged. Run the newer release; only if there is none, rebuild this customer from the log.';
  const context = { format, newestKnown: stateFormatVersion };
  return new EngineError('ERR_STATE_CORRUPT', message, { retryable: false, context });
}

function readSealedRef(reader: ByteReader): CustomerState['sealedRef'] {
  return { keyId: reader.blob().toString(), sealed: reader.blob() };
}

function readLastScore(reader: ByteReader): LastScore {
  const level = levels[reader.byte()];
  if (level === undefined) throw stateCorrupt('the level of its last score is unknown');
  return { level, churn90: reader.double(), receivedAt: reader.signed(), body: reader.blob() };
}

function readBlock(reader: ByteReader, format: number): StateBlock {
  const constituent = readChoice(reader) ? reader.hex(16) : null;
  const marks: Mark[] = [];
  for (let left = reader.count(3); left > 0; left--) {
    marks.push({ epoch: reader.unsigned(), partition: reader.unsigned(), offset: reader.unsigned() });
  }
  const ring: number[] = [];
  for (let left = reader.count(7); left > 0; left--) ring.push(reader.bits52());
  const asOf = reader.signed();
  return { constituent, marks, ring, asOf, features: readFeatures(reader, asOf, format) };
}

function readFeatures(reader: ByteReader, asOf: EpochDay, format: number): FeatureState {
  return {
    // Nobody recorded a revision in format 1, when there was only the first.
    revision: format === 1 ? 1 : reader.unsigned(),
    tiles: readTiles(reader, asOf),
    purchaseDays: readPurchaseDays(reader, asOf),
    lifetimePurchases: reader.unsigned(),
    lifetimeSpendMinor: reader.unsigned(),
    lifetimeCancellations: reader.unsigned(),
    lifetimeCancelledMinor: reader.unsigned(),
    firstDay: readChoice(reader) ? asOf - reader.signed() : null,
    // Formats before 3 knew no signals.
    ...(format >= 3 && readChoice(reader) ? readSignals(reader, asOf) : noSignals()),
  };
}

function readTiles(reader: ByteReader, asOf: EpochDay): DayTile[] {
  const tiles: DayTile[] = [];
  let previous: EpochDay | null = null;
  for (let left = reader.count(3); left > 0; left--) {
    const head = reader.unsigned();
    const days = Math.floor(head / 2);
    if (days === 0) throw stateCorrupt('its days are not in order');
    const day: EpochDay = previous === null ? asOf - days : previous + days;
    const purchases = reader.unsigned();
    const spendMinor: MinorUnits = reader.unsigned();
    const isCancelled = head % 2 === 1;
    const cancellations = isCancelled ? reader.unsigned() : 0;
    const cancelledMinor = isCancelled ? reader.unsigned() : 0;
    tiles.push({ day, purchases, spendMinor, cancellations, cancelledMinor });
    previous = day;
  }
  return tiles;
}

function readPurchaseDays(reader: ByteReader, asOf: EpochDay): EpochDay[] {
  const days: EpochDay[] = [];
  for (let left = reader.count(1); left > 0; left--) {
    const step = days.length === 0 ? asOf - reader.signed() : reader.unsigned();
    if (days.length > 0 && step === 0) throw stateCorrupt('its days are not in order');
    days.push(days.length === 0 ? step : days[days.length - 1] + step);
  }
  return days;
}

function readChoice(reader: ByteReader): boolean {
  const choice = reader.byte();
  if (choice > 1) throw stateCorrupt('a choice is neither 0 nor 1');
  return choice === 1;
}
