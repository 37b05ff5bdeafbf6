import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CellChange } from '../../services/core/kpis/cell-change.ts';
import type { KpiSlice } from '../../services/core/kpis/kpi-dimension.ts';
import type { Period } from '../../services/core/kpis/period.ts';
import type { KpiMark, KpiStore, KpiUpdate, LedgerKey } from '../../services/core/ports/kpi-store.ts';

/** Two stores over the same data, and one that must not see it. Each call of the factory begins with nothing stored. */
export interface KpiStores {
  readonly store: KpiStore;
  readonly sameData: KpiStore;
  readonly otherPrefix: KpiStore;
}

const month: Period = { kind: 'month', index: 682 };
const day: Period = { kind: 'day', index: 20_780 };
const mark = (nextOffset: number, logId: string | null = 'log'): KpiMark => ({ logId, nextOffset });
const aKey = (): LedgerKey => ({ tenant: 'demo', surrogate: randomBytes(16).toString('hex') });

function orders(by: number, { period = month, slice = null }: { period?: Period; slice?: KpiSlice } = {}): CellChange {
  return { period, cell: 'orders', slice, by };
}

function anUpdate(expected: KpiMark | null, next: KpiMark, changes: readonly CellChange[] = []): KpiUpdate {
  return { expected, mark: next, ledgers: [], changes: changes.map((change) => ({ tenant: 'demo', change })) };
}

export function describeKpiStore(name: string, open: () => KpiStores): void {
  const opened = async (partitions = 4): Promise<KpiStores> => {
    const stores = open();
    await stores.store.layOut({ logId: 'log', partitions, rules: 'r1' });
    return stores;
  };
  const whole = async (store: KpiStore, period = month) => (await store.read('demo', [period], null))[0].get('');

  describe(`${name} as a store of KPIs`, () => {
    it('holds nothing at first', async () => {
      const { store } = open();
      expect(await store.mark(3)).toBeNull();
      expect(await store.layout()).toBeNull();
      expect(await store.ledgers(3, [aKey(), aKey()])).toEqual([null, null]);
      expect(await store.ledgers(3, [])).toEqual([]);
      expect(await store.months('demo')).toEqual([]);
      expect(await store.read('demo', [month, day], 'channel')).toEqual([new Map([['', new Map()]]), new Map([['', new Map()]])]); // prettier-ignore
      expect(await store.read('demo', [], null)).toEqual([]);
    });

    it('keeps mark, ledgers and cells together, and shows them to all stores of the same data only', async () => {
      const { store, sameData, otherPrefix } = await opened();
      await otherPrefix.layOut({ logId: 'log', partitions: 4, rules: null });
      const key = aKey();
      const bytes = Buffer.from([0, 13, 10, 255, 128]);
      const update = { ...anUpdate(null, mark(7), [orders(3)]), ledgers: [{ key, bytes }] };
      expect(await store.apply(1, update)).toBe(true);
      bytes.fill(1);
      expect(await sameData.mark(1)).toEqual(mark(7));
      expect(await sameData.ledgers(1, [aKey(), key])).toEqual([null, Buffer.from([0, 13, 10, 255, 128])]);
      expect(await whole(sameData)).toEqual(new Map([['orders', 3]]));
      expect(await store.ledgers(2, [key])).toEqual([null]);
      expect([await otherPrefix.mark(1), await otherPrefix.months('demo')]).toEqual([null, []]);
      expect(await whole(otherPrefix)).toEqual(new Map());
    });

    it.each<[string, KpiMark | null, KpiMark | null, boolean]>([
      ['nothing', null, null, true],
      ['nothing', null, mark(0), false],
      ['an offset', mark(7), null, false],
      ['an offset', mark(7), mark(7), true],
      ['an offset', mark(7), mark(8), false],
      ['an offset', mark(7), mark(6), false],
      ['an offset', mark(7), mark(7, 'other'), false],
      ['an offset', mark(7), mark(7, null), false],
      ['an unknown log', mark(7, null), mark(7, null), true],
      ['an unknown log', mark(7, null), mark(7), false],
      ['offset 0', mark(0), mark(0), true],
      ['offset 0', mark(0), null, false],
    ])('holding %s (%j), answers an update that expects %j with %s', async (_what, held, expected, counted) => {
      const { store } = await opened();
      const key = aKey();
      if (held !== null) await store.apply(0, { ...anUpdate(null, held, [orders(1)]), ledgers: [{ key, bytes: Buffer.from('old') }] }); // prettier-ignore
      const before = [await store.mark(0), await whole(store), await store.ledgers(0, [key])];
      const update = { ...anUpdate(expected, mark(20), [orders(4)]), ledgers: [{ key, bytes: Buffer.from('new') }] };
      expect(await store.apply(0, update)).toBe(counted);
      const after = [await store.mark(0), await whole(store), await store.ledgers(0, [key])];
      if (!counted) expect(after).toEqual(before);
      else expect(after).toEqual([mark(20), new Map([['orders', held === null ? 4 : 5]]), [Buffer.from('new')]]);
    });

    it('adds up changes of one update, of several, and of several partitions', async () => {
      const { store } = await opened();
      await store.apply(0, anUpdate(null, mark(1), [orders(2), orders(5), orders(1, { period: day })]));
      await store.apply(0, anUpdate(mark(1), mark(2), [orders(-3)]));
      await store.apply(3, anUpdate(null, mark(9), [orders(10)]));
      expect(await store.read('demo', [day, month], null)).toEqual([
        new Map([['', new Map([['orders', 1]])]]),
        new Map([['', new Map([['orders', 14]])]]),
      ]);
    });

    it('counts exactly up to the largest whole numbers there are', async () => {
      const { store } = await opened();
      const most = Number.MAX_SAFE_INTEGER;
      await store.apply(0, anUpdate(null, mark(1), [orders(most - 1)]));
      await store.apply(0, anUpdate(mark(1), mark(2), [orders(1), orders(-most, { period: day })]));
      expect([await whole(store), await whole(store, day)]).toEqual([
        new Map([['orders', most]]),
        new Map([['orders', -most]]),
      ]);
    });

    it('counts the neighbours of a cell that outgrows 64 bits, which stays as it was', async () => {
      const { store } = await opened();
      await store.apply(0, anUpdate(null, mark(1), [orders(2)]));
      const tooMuch = Array.from({ length: 1_025 }, () => orders(Number.MAX_SAFE_INTEGER));
      const buyers: CellChange = { ...orders(7), cell: 'buyers' };
      expect(await store.apply(0, anUpdate(mark(1), mark(2), [...tooMuch, buyers]))).toBe(true);
      expect(await whole(store)).toEqual(new Map([['orders', 2], ['buyers', 7]])); // prettier-ignore
    });

    it('removes cells that are back at 0', async () => {
      const { store } = await opened();
      await store.apply(0, anUpdate(null, mark(1), [orders(2), { ...orders(7), cell: 'buyers' }]));
      await store.apply(0, anUpdate(mark(1), mark(2), [orders(-2)]));
      expect(await whole(store)).toEqual(new Map([['buyers', 7]]));
    });

    it('reads the whole alone, or the whole and the parts of one dimension, whatever these are called', async () => {
      const { store } = await opened();
      const values = ['web', 'a=b|c', '{x}:y', '', '北京'];
      const parts = values.map((value, i) => orders(i + 1, { slice: { dimension: 'channel', value } }));
      const other = orders(99, { slice: { dimension: 'region', value: 'web' } });
      await store.apply(2, anUpdate(null, mark(1), [orders(15), ...parts, other]));
      expect([...(await store.read('demo', [month], null))[0].keys()]).toEqual(['']);
      expect((await store.read('demo', [month], 'channel'))[0]).toEqual(
        new Map([
          ['', new Map([['orders', 15]])],
          ...values.map((value, i) => [`channel=${value}`, new Map([['orders', i + 1]])] as const),
        ]),
      );
    });

    it('keeps tenants apart, also those whose names hold separators', async () => {
      const { store } = await opened();
      const tenants = ['demo', 'demo:month', 'demo}', 'de mo'];
      const changes = tenants.map((tenant, i) => ({ tenant, change: orders(i + 1) }));
      await store.apply(0, { ...anUpdate(null, mark(1)), changes });
      for (const [i, tenant] of tenants.entries()) {
        expect((await store.read(tenant, [month], null))[0].get('')?.get('orders'), tenant).toBe(i + 1);
        expect(await store.months(tenant)).toEqual([month.index]);
      }
    });

    it('names the months that were counted into, in their order, over all partitions', async () => {
      const { store } = await opened();
      const at = (index: number) => orders(1, { period: { kind: 'month', index } });
      const quarter = orders(1, { period: { kind: 'quarter', index: 200 } });
      await store.apply(0, anUpdate(null, mark(1), [at(700), at(-3), quarter]));
      await store.apply(1, anUpdate(null, mark(1), [at(9), at(700)]));
      expect(await store.months('demo')).toEqual([-3, 9, 700]);
    });

    it('forgets ledgers that are said to be gone', async () => {
      const { store } = await opened();
      const [gone, kept] = [aKey(), aKey()];
      const ledgers = [gone, kept].map((key) => ({ key, bytes: Buffer.from('x') }));
      await store.apply(0, { ...anUpdate(null, mark(1)), ledgers });
      await store.apply(0, { ...anUpdate(mark(1), mark(2)), ledgers: [{ key: gone, bytes: null }] });
      expect(await store.ledgers(0, [gone, kept])).toEqual([null, Buffer.from('x')]);
    });

    it('forgets all of one partition, and nothing of the others', async () => {
      const { store } = await opened();
      const key = aKey();
      for (const partition of [0, 1]) {
        const changes = [
          orders(1),
          orders(1, { slice: { dimension: 'tier', value: 'a' } }),
          orders(1, { period: day }),
        ];
        const ledgers = [{ key, bytes: Buffer.from('x') }];
        await store.apply(partition, { ...anUpdate(null, mark(5), changes), ledgers });
      }
      expect(await store.forget(0)).toBe(true);
      expect([await store.mark(0), await store.mark(1)]).toEqual([null, mark(5)]);
      expect(await store.ledgers(0, [key])).toEqual([null]);
      expect(await store.read('demo', [month, day], 'tier')).toEqual([
        new Map([['', new Map([['orders', 1]])], ['tier=a', new Map([['orders', 1]])]]),
        new Map([['', new Map([['orders', 1]])]]),
      ]); // prettier-ignore
      expect(await store.forget(1)).toBe(true);
      expect([await whole(store), await store.months('demo')]).toEqual([new Map(), []]);
      expect(await store.apply(0, anUpdate(null, mark(1), [orders(2)]))).toBe(true);
    });

    it('forgets nothing where the mark is not the one it was told', async () => {
      const { store } = await opened();
      await store.apply(0, anUpdate(null, mark(5), [orders(1)]));
      for (const other of [null, mark(4), mark(5, 'other')]) expect(await store.forget(0, other)).toBe(false);
      expect([await store.mark(0), await whole(store)]).toEqual([mark(5), new Map([['orders', 1]])]);
      expect(await store.forget(0, mark(5))).toBe(true);
      expect(await whole(store)).toEqual(new Map());
    });

    it('adds up no more partitions than are laid out', async () => {
      const { store, sameData } = await opened(4);
      await store.apply(0, anUpdate(null, mark(1), [orders(1)]));
      await store.apply(3, anUpdate(null, mark(1), [orders(2)]));
      expect(await sameData.layout()).toEqual({ logId: 'log', partitions: 4, rules: 'r1' });
      await sameData.layOut({ logId: null, partitions: 3, rules: null });
      expect(await store.layout()).toEqual({ logId: null, partitions: 3, rules: null });
      expect(await whole(store)).toEqual(new Map([['orders', 1]]));
    });

    it('takes chunks with thousands of ledgers and changes', async () => {
      const { store } = await opened();
      const ledgers = Array.from({ length: 3_000 }, () => ({ key: aKey(), bytes: randomBytes(40) }));
      const changes = Array.from({ length: 9_000 }, (_, i) => orders(1, { period: { kind: 'day', index: i % 300 } }));
      expect(await store.apply(0, { ...anUpdate(null, mark(1), changes), ledgers })).toBe(true);
      expect(await store.ledgers(0, ledgers.map(({ key }) => key))).toEqual(ledgers.map(({ bytes }) => bytes)); // prettier-ignore
      const days = Array.from({ length: 300 }, (_, index): Period => ({ kind: 'day', index }));
      const read = await store.read('demo', days, null);
      expect(read.map((cells) => cells.get('')?.get('orders'))).toEqual(days.map(() => 30));
    });

    it('lets one of two that count the same chunk at once have it', async () => {
      const { store, sameData } = await opened();
      for (let i = 0; i < 30; i++) {
        const expected = i === 0 ? null : mark(i);
        const update = anUpdate(expected, mark(i + 1), [orders(1)]);
        const counted = await Promise.all([store.apply(0, update), sameData.apply(0, update)]);
        expect(counted.filter(Boolean)).toHaveLength(1);
      }
      expect(await whole(store)).toEqual(new Map([['orders', 30]]));
    });

    it('says that it is connected by an epoch above zero, which does not change by itself', async () => {
      const { store } = open();
      await store.mark(0);
      const epoch = store.connectionEpoch();
      expect(epoch).toBeGreaterThan(0);
      await store.mark(0);
      expect(store.connectionEpoch()).toBe(epoch);
    });
  });
}
