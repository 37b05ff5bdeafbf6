import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerKey, StateStore, StateUpdate } from '../../services/core/ports/state-store.ts';
import { runs } from '../support/property-runs.ts';

/** Two stores over the same data, and one that must not see it. Each call of the factory begins with nothing stored. */
export interface StateStores {
  readonly store: StateStore;
  readonly sameData: StateStore;
  readonly otherNamespace: StateStore;
}

export function describeStateStore(name: string, open: () => StateStores): void {
  describe(`${name} as a state store`, () => {
    it('loads null for customers of whom nothing is stored', async () => {
      expect(await open().store.load([aKey(), aKey()])).toEqual([null, null]);
    });

    it('takes empty batches', async () => {
      const { store } = open();
      expect([await store.load([]), await store.compareAndSet([])]).toEqual([[], []]);
    });

    it.each([
      ['nothing', 0, 0, true],
      ['nothing', 0, 1, false],
      ['version 1', 1, 0, false],
      ['version 1', 1, 1, true],
      ['version 1', 1, 2, false],
      ['version 7', 7, 6, false],
      ['version 7', 7, 7, true],
      ['version 7', 7, 8, false],
      ['version 10', 10, 1, false],
    ])('holding %s (%i), answers an update that expects %i with %s', async (_what, held, expectedVersion, written) => {
      const { store } = open();
      const key = aKey();
      if (held > 0) await store.compareAndSet([{ key, expectedVersion: 0, version: held, bytes: Buffer.from('old') }]);
      const update = { key, expectedVersion, version: 20, bytes: Buffer.from('new') };
      expect(await store.compareAndSet([update])).toEqual([written]);
      const before = held === 0 ? null : { version: held, bytes: Buffer.from('old') };
      expect(await store.load([key])).toEqual([written ? { version: 20, bytes: Buffer.from('new') } : before]);
    });

    it('gives back the same bytes, whatever they are', async () => {
      const { store } = open();
      const cases = [Buffer.alloc(0), Buffer.from([0, 13, 10, 255, 128]), randomBytes(4096), randomBytes(200_000)];
      const updates = cases.map((bytes) => ({ key: aKey(), expectedVersion: 0, version: 2 ** 50, bytes }));
      expect(await store.compareAndSet(updates)).toEqual(cases.map(() => true));
      const loaded = await store.load(updates.map((update) => update.key));
      loaded.forEach((state, i) => {
        expect(state?.version).toBe(2 ** 50);
        expect(cases[i]?.equals(state?.bytes ?? Buffer.from('missing'))).toBe(true);
      });
    });

    it('keeps what it stored when the caller changes its buffers', async () => {
      const { store } = open();
      const [key, bytes] = [aKey(), Buffer.from('kept')];
      await store.compareAndSet([{ key, expectedVersion: 0, version: 1, bytes }]);
      bytes.fill(0);
      const [first] = await store.load([key]);
      first?.bytes.fill(0);
      expect((await store.load([key]))[0]?.bytes.toString()).toBe('kept');
    });

    it('answers in the order of the batch, also when it is long and mixed', async () => {
      const { store } = open();
      const updates = Array.from({ length: 1203 }, (_, i): StateUpdate => {
        const expectedVersion = i % 3 === 0 ? 1 : 0;
        return { key: aKey(), expectedVersion, version: i + 1, bytes: Buffer.from(String(i)) };
      });
      expect(await store.compareAndSet(updates)).toEqual(updates.map((_, i) => i % 3 !== 0));
      const loaded = await store.load(updates.map((update) => update.key));
      expect(loaded.map((state) => state && `${state.version}:${state.bytes.toString()}`)).toEqual(
        updates.map((_, i) => (i % 3 === 0 ? null : `${i + 1}:${i}`)),
      );
    });

    it('applies several updates of one customer in their order', async () => {
      const { store } = open();
      const key = aKey();
      const update = (expectedVersion: number): StateUpdate => {
        return { key, expectedVersion, version: expectedVersion + 1, bytes: Buffer.from(`v${expectedVersion + 1}`) };
      };
      expect(await store.compareAndSet([update(0), update(1), update(1), update(2)])).toEqual([
        true,
        true,
        false,
        true,
      ]);
      expect((await store.load([key]))[0]).toEqual({ version: 3, bytes: Buffer.from('v3') });
    });

    it('keeps tenants, customers and namespaces apart, and shows one namespace the same data', async () => {
      const { store, sameData, otherNamespace } = open();
      const key = aKey();
      const neighbours = [
        { ...key, tenant: 'other' },
        { ...key, surrogate: aKey().surrogate },
      ];
      await store.compareAndSet([{ key, expectedVersion: 0, version: 1, bytes: Buffer.from('x') }]);
      expect(await store.load(neighbours)).toEqual([null, null]);
      expect(await otherNamespace.load([key])).toEqual([null]);
      expect((await sameData.load([key]))[0]?.version).toBe(1);
    });

    it('says that it is connected by an epoch above zero, which does not change by itself', async () => {
      const { store } = open();
      await store.load([aKey()]);
      const epoch = store.connectionEpoch();
      expect(epoch).toBeGreaterThan(0);
      await store.load([aKey()]);
      expect(store.connectionEpoch()).toBe(epoch);
    });

    it('lets concurrent writers change a customer as if one came after the other', async () => {
      const { store, sameData } = open();
      const step = fc.record({ writer: fc.nat(3), customer: fc.nat(1), pauses: fc.nat(2) });
      const interleaving = fc.array(step, { minLength: 2, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(fc.array(interleaving, { minLength: 20, maxLength: 20 }), async (interleavings) => {
          await Promise.all(interleavings.map((steps) => checkInterleaving([store, sameData], steps)));
        }),
        { numRuns: runs(50) },
      );
    });
  });
}

interface Step {
  readonly writer: number;
  readonly customer: number;
  readonly pauses: number;
}

/** Four writers add to two customers; the outcome is that of all additions one after the other. */
async function checkInterleaving(stores: readonly [StateStore, StateStore], steps: readonly Step[]): Promise<void> {
  const keys = [aKey(), aKey()];
  const writers = [0, 1, 2, 3].map(async (writer) => {
    for (const { customer, pauses } of steps.filter((each) => each.writer === writer)) {
      await addOne(stores[writer % 2], keys[customer], pauses);
    }
  });
  await Promise.all(writers);
  const outcome = (await stores[0].load(keys)).map((state) => [state?.bytes.readUInt32BE() ?? 0, state?.version ?? 0]);
  const additions = [0, 1].map((customer) => steps.filter((each) => each.customer === customer).length);
  expect(outcome).toEqual(additions.map((count) => [count, count]));
}

function aKey(): CustomerKey {
  return { tenant: 'demo', surrogate: randomBytes(16).toString('hex') };
}

/** Reads, adds and writes until nobody else wrote between; `pauses` turns of the event loop make room for the others. */
async function addOne(store: StateStore, key: CustomerKey, pauses: number): Promise<void> {
  for (;;) {
    const [state] = await store.load([key]);
    for (let i = 0; i < pauses; i++) await new Promise((resolve) => setImmediate(resolve));
    const expectedVersion = state?.version ?? 0;
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE((state?.bytes.readUInt32BE() ?? 0) + 1);
    const [written] = await store.compareAndSet([{ key, expectedVersion, version: expectedVersion + 1, bytes }]);
    if (written) return;
  }
}
