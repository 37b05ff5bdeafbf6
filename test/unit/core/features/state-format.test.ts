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
const fixtures = JSON.parse(readFileSync(new URL('format-1.json', folder), 'utf8')) as StoredFixture[];

/** Buffers stand in the fixture as `{ "hex": "…" }`. */
function reviveBuffers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reviveBuffers);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0][0] === 'hex') return Buffer.from(entries[0][1] as string, 'hex');
  return Object.fromEntries(entries.map(([key, inner]) => [key, reviveBuffers(inner)]));
}

describe('packed states of format 1', () => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('can still be read: %s', (_name, fixture) => {
    const state = reviveBuffers(fixture.state) as CustomerState;
    expect(decodeState(Buffer.from(fixture.bytes, 'hex'), fixture.version)).toEqual(state);
    expect(encodeState(state).toString('hex')).toBe(fixture.bytes);
  });

  it('stay below 1 KiB for a customer with ten tiles, sixty recent events and a last score', () => {
    const typical = fixtures.find(({ name }) => name === 'typical customer')!;
    expect(typical.bytes.length / 2).toBeLessThan(1024);
  });

  it.each([
    ['an unknown format', Buffer.from('0200', 'hex'), /format 2/],
    ['no bytes', Buffer.alloc(0), /too early/],
    ['unknown flags', Buffer.from('0110', 'hex'), /flags/],
    ['a number written too long', Buffer.from('01008000', 'hex'), /too long/],
    ['a number that never ends', Buffer.from(`0100${'80'.repeat(40)}01`, 'hex'), /too large/],
    ['a count larger than the bytes', Buffer.from('010000ff7f', 'hex'), /count/],
    ['a block that is neither own nor linked', Buffer.from(`01000001${'02'.repeat(20)}`, 'hex'), /choice/],
    ['an unknown level', Buffer.from(`01080009${'00'.repeat(20)}`, 'hex'), /level/],
    ['two tiles of one day', Buffer.from('0100000100000006020201000001000000000000000000', 'hex'), /order/],
    ['one purchase day twice', Buffer.from('01000001000000060002020000000000000', 'hex'), /order/],
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
    ['a day twice', { purchaseDays: [5, 5] }],
  ])('are not written with %s in them', (_case, damage) => {
    const state = emptyState();
    Object.assign(state.blocks[0].features, damage);
    expect(() => encodeState(state)).toThrow(/ERR_STATE|unusable/);
    expect(decodeState(encodeState(emptyState()), 0)).toEqual(emptyState());
  });
});
