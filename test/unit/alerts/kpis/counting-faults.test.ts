import { describe, expect, it } from 'vitest';
import type { KpiFact } from '../../../../services/core/kpis/kpi-fact.ts';
import type { KpiChunk } from '../../../../services/alerts/kpis/kpi-context.ts';
import { HeldMarks } from '../../../../services/alerts/kpis/held-marks.ts';
import { takeUpMark } from '../../../../services/alerts/kpis/take-up-mark.ts';
import { createMemoryKpiStore } from '../../../../services/platform/memory/memory-kpi-store.ts';
import { aKpiFact } from '../../../support/a-kpi-fact.ts';
import { eventually } from '../../../support/eventually.ts';
import { factTopic, naiveKpiCells, openKpiBench, storedKpiCells } from '../../../support/kpi-bench.ts';

type Bench = ReturnType<typeof openKpiBench>;

/** An order of each of so many customers. */
function orders(count: number, changed: Partial<KpiFact> = {}): readonly KpiFact[] {
  return Array.from({ length: count }, (_, i) => {
    const id = (i + 1).toString(16).padStart(32, '0');
    return aKpiFact({ factId: id, surrogate: id, ...changed });
  });
}

async function expectCountedOnce(bench: Bench): Promise<void> {
  expect(await storedKpiCells(bench.store, bench.snapshot())).toEqual(naiveKpiCells(await bench.facts()));
}

async function countAll(bench: Bench, options = {}) {
  const member = await bench.start(options);
  await bench.log.settled();
  await member.stop();
  return member.told;
}

describe('counting', () => {
  it('begins anew when the topic was created again under its name, also where no fact has come yet', async () => {
    const bench = openKpiBench(4);
    await bench.publish(orders(20));
    await countAll(bench);
    const held = [...bench.snapshot().partitions.keys()];
    expect(held.length).toBeGreaterThan(1);
    bench.log.deleteTopic(factTopic);
    bench.log.createTopic(factTopic, 4);
    await bench.publish(orders(1, { sequence: 7 }));
    const told = await countAll(bench);
    expect(told.recounts).toEqual(held.map(() => 'other-log'));
    expect(told.lost).toEqual([]);
    await expectCountedOnce(bench);
    expect(bench.snapshot().partitions.size).toBe(1);
  });

  it('sets aside what is no fact and what is of no tenant, and counts their neighbours', async () => {
    const bench = openKpiBench(1);
    const [first, second, third] = orders(3);
    const bytes = Buffer.from('these bytes are no fact');
    await bench.publish([first]);
    await bench.log.sink().publish([{ topic: factTopic, key: 'k', value: bytes }]);
    await bench.publish([second, { ...second, tenant: 'nobody', factId: 'ee'.repeat(16) }, third]);
    const { tally } = await countAll(bench, { maxChunkRecords: 10 });
    expect(tally).toEqual({ counted: 3, copy: 0, 'too-late': 0, other: 0, unreadable: 2 });
    expect(await storedKpiCells(bench.store, bench.snapshot())).toEqual(naiveKpiCells([first, second, third]));
    expect(await bench.store.mark(0)).toMatchObject({ nextOffset: 5 });
    const letters = await bench.deadLetters();
    expect(letters).toMatchObject([1, 3].map((offset) => ({ step: 'alerts.kpis', code: 'ERR_RECORD_DECODE', topic: factTopic, partition: 0, offset }))); // prettier-ignore
    expect(letters[0]).toMatchObject({ original: bytes });
    expect(letters[1]).toMatchObject({ detail: expect.stringContaining('tenant') as string });
  });

  it('by other rules mixes nothing: it waits, saying what to do, until all is forgotten', async () => {
    const bench = openKpiBench(2);
    await bench.publish(orders(5));
    await countAll(bench);
    const before = bench.snapshot();
    await bench.publish(orders(5, { sequence: 42 }));
    const member = await bench.start({ rules: 'r2' });
    const problems = () => member.problems().join();
    await eventually(() => expect(problems()).toMatch(/other rules \(r1\).*\(r2\).*tidewatch kpi rebuild --yes/));
    await expect(member.checkIdle()).resolves.toBeUndefined();
    expect(bench.snapshot()).toEqual(before);
    await bench.store.forget(0);
    await eventually(() => expect(problems()).toContain('other rules'));
    expect(bench.snapshot().layout).toMatchObject({ rules: 'r1' });
    await bench.store.forget(1);
    await bench.log.settled();
    expect(bench.snapshot().layout).toMatchObject({ rules: 'r2' });
    await expectCountedOnce(bench);
    expect(problems()).toBe('');
    await member.stop();
  });

  it('by other rules is told of at once where no fact waits', async () => {
    const bench = openKpiBench(1);
    await bench.publish(orders(2));
    await countAll(bench);
    const member = await bench.start({ rules: 'r2' });
    await expect(member.checkIdle()).rejects.toMatchObject({ code: 'ERR_KPI_RULES_CHANGED', retryable: true });
    await member.stop();
  });

  it.each([['r2', null], ['r2', 'r2']])('by %s goes on where the layout says %s', async (rules, laidOut) => {
    const bench = openKpiBench(1);
    await bench.publish(orders(3));
    await countAll(bench);
    await bench.store.layOut({ ...(await bench.store.layout())!, rules: laidOut });
    await bench.publish(orders(3, { sequence: 42 }));
    await countAll(bench, { rules });
    expect(await bench.store.layout()).toMatchObject({ rules });
    await expectCountedOnce(bench);
  }); // prettier-ignore

  it('takes other rules up where the topic was created again, since nothing of before is kept', async () => {
    const bench = openKpiBench(2);
    await bench.publish(orders(5));
    await countAll(bench);
    bench.log.deleteTopic(factTopic);
    bench.log.createTopic(factTopic, 2);
    await bench.publish(orders(2));
    await countAll(bench, { rules: 'r2' });
    expect(await bench.store.layout()).toMatchObject({ rules: 'r2' });
    await expectCountedOnce(bench);
  });
});

describe('taking up a partition whose log was cut', () => {
  const told = { wentBack: [] as number[], recounts: [] as string[] };
  const telemetry = {
    counted: () => undefined,
    lost: () => undefined,
    wentBack: (_: number, offset: number) => told.wentBack.push(offset),
    recounts: (_: number, reason: string) => told.recounts.push(reason),
  };

  /** @returns what is known once a chunk that begins at `at` was taken up */
  async function takeUp(counted: number | null, log: { readonly first: number; readonly end: number }, at: number) {
    const store = createMemoryKpiStore();
    const mark = counted === null ? null : { logId: 'log', nextOffset: counted };
    if (mark !== null) await store.apply(0, { expected: null, mark, ledgers: [], changes: [] });
    const bounds = { read: () => Promise.resolve({ logId: 'log', partitions: [log] }), stop: () => Promise.resolve() };
    const chunk = { topic: 'facts', partition: 0, logId: 'log', records: [{ offset: at }] };
    const context = { chunk, connectionEpoch: 1, mark: null, lost: 0 } as unknown as KpiChunk;
    for (const list of Object.values(told)) list.length = 0;
    await takeUpMark({ store, bounds, telemetry, marks: new HeldMarks(), rules: 'r1' }, context);
    return { lost: context.lost, mark: context.mark?.nextOffset ?? null, ...told };
  }

  it.each([
    ['nothing was lost', 5, { first: 5, end: 20 }, 5, { lost: 0, mark: 5 }],
    ['four facts beyond the mark are gone', 5, { first: 9, end: 20 }, 9, { lost: 4, mark: 5 }],
    ['facts were gone before anything was counted', null, { first: 3, end: 20 }, 3, { lost: 3, mark: null }],
    ['what was counted is gone too', 9, { first: 6, end: 20 }, 9, { lost: 0, mark: 9 }],
    ['the log ends before the mark', 30, { first: 0, end: 20 }, 0, { lost: 0, mark: null, recounts: ['log-cut-back'] }],
  ])('knows that %s', async (...[, counted, log, at, expected]) => {
    expect(await takeUp(counted, log, at)).toEqual({ wentBack: [], recounts: [], ...expected });
  });

  it('goes back to the oldest fact there is, where the chunk begins after it', async () => {
    await expect(takeUp(5, { first: 9, end: 20 }, 12)).rejects.toMatchObject({ code: 'ERR_STATE_REGRESSED', context: { rewindTo: 9 } }); // prettier-ignore
    expect(told.wentBack).toEqual([9]);
  });
});
