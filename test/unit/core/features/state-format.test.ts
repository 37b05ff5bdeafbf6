import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CustomerState } from '../../../../services/core/features/customer-state.ts';
import { decodeState } from '../../../../services/core/features/decode-state.ts';
import { emptyState } from '../../../../services/core/features/empty-state.ts';
import { encodeState } from '../../../../services/core/features/encode-state.ts';

interface StoredFixture {
  readonly name: string;
  readonly version: number;
  readonly bytes: string;
  readonly state: unknown;
}

const folder = new URL('../../../fixtures/states/', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as StoredFixture[];
const format1 = read('format-1.json');
const format2 = read('format-2.json');
const format3 = read('format-3.json');

/** A state of format 3 without anything, but for these signals (hex). */
function signalBytes(signals: string): Buffer {
  return Buffer.from(`0300000100000000020000000000000001${signals}`, 'hex');
}

/** Buffers stand in the fixture as `{ "hex": "…" }`. */
function reviveBuffers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reviveBuffers);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0][0] === 'hex') return Buffer.from(entries[0][1] as string, 'hex');
  return Object.fromEntries(entries.map(([key, inner]) => [key, reviveBuffers(inner)]));
}

function stateOf(fixture: StoredFixture): CustomerState {
  return { ...(reviveBuffers(fixture.state) as Omit<CustomerState, 'segments'>), segments: null };
}

/** Formats before 3 did not know of signals. */
function withoutSignals(state: CustomerState): CustomerState {
  for (const { features } of state.blocks) {
    Object.assign(features, { signalTiles: [], signalTotals: [], contractEnds: [] });
  }
  return state;
}

/** Format 1 did not know of revisions, either: there was only the first. */
function ofRevision1(state: CustomerState): CustomerState {
  for (const block of state.blocks) block.features.revision = 1;
  return withoutSignals(state);
}

describe('packed states of format 1', () => {
  it.each(format1.map((fixture) => [fixture.name, fixture] as const))('can still be read: %s', (_name, fixture) => {
    const read = decodeState(Buffer.from(fixture.bytes, 'hex'), fixture.version);
    expect(read).toEqual(ofRevision1(stateOf(fixture)));
  });

  it.each(format1.map((fixture, i) => [fixture.name, fixture, i] as const))(
    'are stored as format 3 by the next write: %s',
    (_name, fixture, i) => {
      const bytes = encodeState(decodeState(Buffer.from(fixture.bytes, 'hex'), fixture.version));
      expect(bytes.toString('hex')).toBe(format3[i].bytes);
    },
  );

  it('are refused when damaged, like those of today', () => {
    const bytes = Buffer.from(format1[0].bytes, 'hex');
    expect(() => decodeState(bytes.subarray(0, 60), 1)).toThrow(/too early/);
    expect(() => decodeState(Buffer.concat([bytes, Buffer.from([0])]), 1)).toThrow(/follow/);
    expect(() => decodeState(Buffer.from('0120', 'hex'), 1)).toThrow(/flags/);
  });
});

describe('packed states of format 2', () => {
  it.each(format2.map((fixture, i) => [fixture.name, fixture, i] as const))(
    'can still be read, and are stored as format 3 by the next write: %s',
    (_name, fixture, i) => {
      const read = decodeState(Buffer.from(fixture.bytes, 'hex'), fixture.version);
      expect(read).toEqual(withoutSignals(stateOf(fixture)));
      expect(encodeState(read).toString('hex')).toBe(format3[i].bytes);
    },
  );
});

describe('packed states of a format this release does not know', () => {
  it.each([4, 17, 255])('are refused with the advice to run the newer release: %i', (format) => {
    const bytes = Buffer.from(format2[0].bytes, 'hex');
    bytes[0] = format;
    const reading = expect(() => decodeState(bytes, 1));
    reading.toThrow(
      expect.objectContaining({ code: 'ERR_STATE_CORRUPT', retryable: false, context: { format, newestKnown: 3 } }),
    );
    reading.toThrow(/newer release wrote it.*Run the newer release/);
  });

  it('are refused as damaged where no release ever wrote it', () => {
    expect(() => decodeState(Buffer.from('0000', 'hex'), 1)).toThrow(/no release wrote its format 0/);
    expect(() => decodeState(Buffer.alloc(0), 1)).toThrow(/no bytes/);
  });
});

describe('packed states of format 3', () => {
  it('have the segments at the end, where there are any', () => {
    const state = { ...stateOf(format3[0]), segments: Buffer.from('0011223344', 'hex') };
    const bytes = encodeState(state);
    const before = Buffer.from(format3[0].bytes, 'hex');
    before[1] |= 16;
    expect(bytes.toString('hex')).toBe(`${before.toString('hex')}050011223344`);
    expect(decodeState(bytes, format3[0].version)).toEqual(state);
  });

  it.each(format3.map((fixture) => [fixture.name, fixture] as const))(
    'can be read and written: %s',
    (_name, fixture) => {
      expect(decodeState(Buffer.from(fixture.bytes, 'hex'), fixture.version)).toEqual(stateOf(fixture));
      expect(encodeState(stateOf(fixture)).toString('hex')).toBe(fixture.bytes);
    },
  );

  it('stay below 1 KiB for a customer with ten tiles, sixty recent events and a last score', () => {
    const typical = format3.find(({ name }) => name === 'typical customer')!;
    expect(typical.bytes.length / 2).toBeLessThan(1024);
  });

  it.each([
    ['unknown flags', Buffer.from('0220', 'hex'), /flags/],
    ['segments, which this format has not', Buffer.from('0210000000', 'hex'), /flags/],
    ['a number written too long', Buffer.from('02008000', 'hex'), /too long/],
    ['a number that never ends', Buffer.from(`0200${'80'.repeat(40)}01`, 'hex'), /too large/],
    ['a count larger than the bytes', Buffer.from('020000ff7f', 'hex'), /count/],
    ['a block that is neither own nor linked', Buffer.from(`02000001${'02'.repeat(20)}`, 'hex'), /choice/],
    ['an unknown level', Buffer.from(`02080009${'00'.repeat(20)}`, 'hex'), /level/],
    [
      'two tiles of one day (format 2)',
      Buffer.from('020000010000000601020201000001000000000000000000', 'hex'),
      /order/,
    ],
    ['one purchase day twice (format 2)', Buffer.from('0200000100000006010002020000000000000', 'hex'), /order/],
    ['two tiles of signals of one day', signalBytes('020201000100010001010000'), /order/],
    ['a counter twice', signalBytes('010202020100010000'), /order/],
    ['a counter of a later release', signalBytes('010201ff01010000'), /counter is unknown/],
    ['a step of a case that is none', signalBytes('010301000101070000'), /case/],
    ['signals that are none', signalBytes('000000'), /empty/],
  ])('are refused with the reason: %s', (_case, bytes, reason) => {
    expect(() => decodeState(bytes, 1)).toThrow(reason);
    expect(() => decodeState(bytes, 1)).toThrow(/rebuild/);
  });

  it('grow to what a long life needs', () => {
    const state = emptyState();
    const block = state.blocks[0];
    block.asOf = 20_000;
    block.features.purchaseDays = Array.from({ length: 9_000 }, (_, index) => 2 * index + 1);
    expect(decodeState(encodeState(state), 0)).toEqual(state);
  });

  it.each([
    ['a fraction', { lifetimeSpendMinor: 0.5 }],
    ['a negative count', { lifetimePurchases: -1 }],
    ['a number that is none', { lifetimePurchases: Number.NaN }],
    ['days out of order', { purchaseDays: [5, 4] }],
    ['signals out of order', { signalTiles: [0, -1].map((day) => ({ day, counts: [0, 1], cases: [] })) }],
    ['counters out of order', { signalTotals: [3, 1, 2, 1] }],
    ['a day twice', { purchaseDays: [5, 5] }],
  ])('are not written with %s in them', (_case, damage) => {
    const state = emptyState();
    Object.assign(state.blocks[0].features, damage);
    expect(() => encodeState(state)).toThrow(/ERR_STATE|unusable/);
    expect(decodeState(encodeState(emptyState()), 0)).toEqual(emptyState());
  });
});
