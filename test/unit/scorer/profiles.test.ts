import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import type { StateStore } from '../../../services/core/ports/state-store.ts';
import { decodeProfile } from '../../../services/core/profile/decode-profile.ts';
import { encodeProfile } from '../../../services/core/profile/encode-profile.ts';
import { mergeProfile } from '../../../services/core/profile/merge-profile.ts';
import { readEntries } from '../../../services/core/profile/read-entries.ts';
import { showProfile } from '../../../services/core/profile/show-profile.ts';
import { createMemoryStateStore } from '../../../services/platform/memory/memory-state-store.ts';
import { aRecord } from '../../support/builders.ts';
import { naiveProfile } from '../../support/naive-profile.ts';
import { profileRecords, takenBack } from '../../support/profile-records.ts';
import { runs } from '../../support/property-runs.ts';
import { hastyClock, publishEvents, scorerTwin, twinTopics, twinWorld } from '../../support/scorer-twin.ts';
import type { TwinOptions, TwinWorld } from '../../support/scorer-twin.ts';

const customers = ['a', 'b', 'c'].map((digit) => digit.repeat(32));
const controls = 2;

async function runToEnd(world: TwinWorld, end: number, options: TwinOptions): Promise<void> {
  const { runner } = scorerTwin(world, { clock: hastyClock(), ...options });
  await runner.start();
  while (world.log.committed(options.groupId ?? 'scorer', twinTopics.events, 0) !== end)
    await new Promise(setImmediate);
  await runner.stop();
}

async function storedProfile(profiles: StateStore, surrogate: string) {
  const [stored] = await profiles.load([{ tenant: 'demo', surrogate }]);
  const fields = stored === null ? [] : showProfile(decodeProfile(stored.bytes));
  return Object.fromEntries(
    fields.map(({ name, now: { origin, value } }) => {
      const text = value.kind === 'sealed' ? value.bytes.toString('utf8') : value.kind;
      return [name, { value: text, source: origin.source, eventId: origin.eventId }];
    }),
  );
}

/** A store whose calls fail now and then, before or after they took effect. */
function unreliable(store: StateStore, faults: readonly (null | 'before' | 'after')[]): StateStore {
  let calls = 0;
  async function call<T>(work: () => Promise<T>): Promise<T> {
    const fault = faults[calls++] ?? null;
    const broken = new EngineError('ERR_STORE_UNAVAILABLE', 'the store is away', { retryable: true });
    if (fault === 'before') throw broken;
    const result = await work();
    if (fault === 'after') throw broken;
    return result;
  }
  return {
    load: (keys) => call(() => store.load(keys)),
    compareAndSet: (updates) => call(() => store.compareAndSet(updates)),
    connectionEpoch: () => store.connectionEpoch(),
  };
}

const fault = fc.constantFrom(null, null, 'before' as const, 'after' as const);

describe('the profiles that a scorer keeps', () => {
  it('are those of the log, whatever fails on the way, with two scorers at once and after a second reading', async () => {
    const histories = fc.tuple(...customers.map(() => profileRecords(5, 12)));
    await fc.assert(
      fc.asyncProperty(histories, fc.array(fault), fc.array(fault), async (perCustomer, faults, others) => {
        const records = perCustomer.flatMap((each, i) =>
          each.map((record) => ({ ...record, surrogate: customers[i] })),
        );
        const mixed = records.flatMap((record, i) => (i % 4 === 3 ? [record, takenBack(record)] : [record]));
        const world = await twinWorld(1, hastyClock());
        await publishEvents(world, mixed);
        const profiles = createMemoryStateStore();
        const end = mixed.length + controls;
        await Promise.all([
          runToEnd(world, end, { groupId: 'one', profiles: unreliable(profiles, faults), maxChunkRecords: 3 }),
          runToEnd(world, end, { groupId: 'two', profiles: unreliable(profiles, others), maxChunkRecords: 5 }),
        ]);
        const expected = customers.map((surrogate) =>
          naiveProfile(mixed.filter((each) => each.surrogate === surrogate)),
        );
        const kept = () => Promise.all(customers.map((surrogate) => storedProfile(profiles, surrogate)));
        expect(await kept()).toEqual(expected);
        await runToEnd(world, end, { groupId: 'again', profiles });
        expect(await kept()).toEqual(expected);
      }),
      { numRuns: runs(40) },
    );
  });

  it('are merged again where another writer was faster, and lose the word of neither', async () => {
    const world = await twinWorld(1);
    const [mine, theirs] = ['mine', 'theirs'].map((source) => {
      const envelope = { keyId: 'key', fields: [{ name: source, sealed: Buffer.from(source) }] };
      return aRecord({ surrogate: customers[0], type: 'customer.upserted', source, envelope });
    });
    await publishEvents(world, [mine]);
    const profiles = createMemoryStateStore();
    const key = { tenant: 'demo', surrogate: customers[0] };
    let isFirst = true;
    const contended: StateStore = {
      ...profiles,
      async compareAndSet(updates) {
        const bytes = encodeProfile(mergeProfile([], readEntries(theirs)));
        if (isFirst) await profiles.compareAndSet([{ key, expectedVersion: 0, version: 1, bytes }]);
        isFirst = false;
        return profiles.compareAndSet(updates);
      },
    };
    await runToEnd(world, 1 + controls, { profiles: contended });
    expect(await storedProfile(profiles, customers[0])).toEqual(naiveProfile([mine, theirs]));
  });

  it('are not touched by events that say nothing about the customer', async () => {
    const world = await twinWorld(1);
    const envelope = { keyId: 'key', fields: [{ name: 'email', sealed: Buffer.from('recipient') }] };
    const order: CustomerRecord = aRecord({ surrogate: customers[0], envelope });
    await publishEvents(world, [order, takenBack(order), aRecord({ surrogate: customers[0], type: 'page.viewed' })]);
    let calls = 0;
    const profiles = createMemoryStateStore();
    const counted: StateStore = {
      load: (keys) => ((calls += 1), profiles.load(keys)),
      compareAndSet: (updates) => ((calls += 1), profiles.compareAndSet(updates)),
      connectionEpoch: () => 1,
    };
    await runToEnd(world, 3 + controls, { profiles: counted });
    expect(calls).toBe(0);
  });
});
