import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import type { Level } from '../../../services/core/scoring/level.ts';
import { aLease, createAlertsBench, partition, scoreRecord } from '../../support/alerts-bench.ts';
import { aScore } from '../../support/score-builder.ts';

const other = 'f'.repeat(32);

describe('the alerts pipeline', () => {
  it('publishes one task per customer at risk, under its id and in the partition of the scores', async () => {
    const bench = createAlertsBench();
    await bench.deliver([aScore(), aScore({ surrogate: other, level: 'critical' }), aScore({ stateVersion: 2 })]);
    const records = bench.published;
    expect(bench.tasks()).toMatchObject([
      { surrogate: aScore().surrogate, status: 'open', version: 1 },
      { surrogate: other, status: 'open', version: 1 },
    ]);
    expect(records.map(({ topic, key, partition: at }) => ({ topic, key, at }))).toEqual(
      bench.tasks().flatMap(({ taskId, surrogate }) => [
        { topic: 'tasks', key: taskId, at: partition },
        { topic: 'facts', key: surrogate, at: partition },
      ]),
    );
  });

  it('leaves an empty outbox and an index that leads to the task', async () => {
    const bench = createAlertsBench();
    await bench.deliver([aScore(), aScore({ stateVersion: 2, level: 'none' })]);
    const [task] = bench.tasks();
    expect((await bench.stateOf(aScore())).outbox).toEqual([]);
    expect(await bench.index.find('demo', task.taskId)).toMatchObject({ surrogate: task.surrogate });
    expect(await bench.index.count(['demo'])).toMatchObject({ open: 0, retracted: 1 });
  });

  it('takes the index entry of a task out when its state forgets it', async () => {
    const bench = createAlertsBench();
    const levels = ['high', 'none', 'high', 'none', 'high', 'none', 'high'] as const;
    await bench.deliver(levels.map((level, i) => aScore({ level, stateVersion: i + 1 })));
    const ids = [...new Set(bench.tasks().map((task) => task.taskId))];
    expect(await bench.index.find('demo', ids[0])).toBeNull();
    expect(await bench.index.count(['demo'])).toMatchObject({ open: 1, retracted: 2 });
  });

  it('tells what each score did once, although the same scores come twice', async () => {
    const bench = createAlertsBench();
    const scores = [
      aScore({ historical: true }),
      aScore({ stateVersion: 2 }),
      aScore({ stateVersion: 3, degraded: true }),
    ];
    await bench.deliver(scores);
    await bench.deliver(scores);
    expect(bench.taken.map(({ result, decisions }) => [result, ...decisions.map(({ kind }) => kind)])).toEqual([
      ['applied', 'suppressed'],
      ['applied', 'opened'],
      ['degraded'],
      ['stale'],
      ['stale'],
      ['degraded'],
    ]);
    expect(bench.tasks()).toHaveLength(1);
  });

  it('commits behind its last record', async () => {
    const bench = createAlertsBench();
    const context = await bench.deliverRecords([
      scoreRecord(aScore(), 41),
      scoreRecord(aScore({ stateVersion: 2 }), 44),
    ]);
    expect(bench.nextOffset(context)).toBe(45);
  });

  it('publishes nothing for a partition that has a new owner', async () => {
    const bench = createAlertsBench();
    const lost = bench.deliver([aScore()], { lease: aLease(() => false) });
    await expect(lost).rejects.toMatchObject({ code: 'ERR_LOG_FENCED' });
    expect(bench.published).toEqual([]);
    expect((await bench.stateOf(aScore())).outbox).toHaveLength(1);
  });

  it('does a chunk again when the store was reconnected meanwhile', async () => {
    const bench = createAlertsBench();
    const { store } = bench;
    const publish = () => {
      store.reconnect();
      return Promise.resolve();
    };
    const sink = { ...bench.deps.sink, publish };
    const reconnecting = createAlertsBench({ store, sink });
    const done = reconnecting.deliver([aScore()]);
    await expect(done).rejects.toMatchObject({ code: 'ERR_STORE_UNAVAILABLE', retryable: true });
  });
});

describe('a process that is overtaken between produce and clear', () => {
  /** Another process decides the retraction while ours publishes the task, and dies after writing it. */
  async function overtakenBench() {
    const bench = createAlertsBench();
    const { store, index, sink } = bench.deps;
    const retraction = aScore({ stateVersion: 2, level: 'none' });
    let isFirst = true;
    const publish: typeof sink.publish = async (records) => {
      if (isFirst) {
        isFirst = false;
        await createAlertsBench({ store, index }).deliver([retraction], { crashAfter: 'write' });
      }
      await sink.publish(records);
    };
    await createAlertsBench({ store, index, sink: { ...sink, publish } }).deliver([aScore()]);
    return { bench, retraction };
  }

  it('publishes the newer version after its own', async () => {
    const { bench } = await overtakenBench();
    expect(bench.tasks().map((task) => [task.version, task.status])).toEqual([
      [1, 'open'],
      [2, 'retracted'],
    ]);
  });

  it('leaves the newer version in the outbox, for whoever has yet to index it', async () => {
    const { bench, retraction } = await overtakenBench();
    expect((await bench.stateOf(aScore())).outbox).toMatchObject([{ version: 2 }]);
    expect(await bench.index.count(['demo'])).toMatchObject({ open: 1, retracted: 0 });
    await bench.deliver([retraction]);
    expect(await bench.index.count(['demo'])).toMatchObject({ open: 0, retracted: 1 });
    expect((await bench.stateOf(aScore())).outbox).toEqual([]);
  });
});

describe('a customer that another process keeps changing', () => {
  it('makes the chunk be tried again later, once this has gone on for long', async () => {
    const bench = createAlertsBench();
    const store = { ...bench.store, compareAndSet: () => Promise.resolve([false]) };
    const losing = createAlertsBench({ store }).deliver([aScore()]);
    await expect(losing).rejects.toMatchObject({ code: 'ERR_STATE_CONFLICT', retryable: true });
  });
});

const unreadableTable: readonly { what: string; value: Buffer | null }[] = [
  { what: 'bytes that are no record', value: Buffer.from('nonsense') },
  { what: 'a tombstone', value: null },
  { what: 'half a record', value: scoreRecord(aScore(), 0).value?.subarray(0, 40) ?? null },
  { what: 'a score of an unknown level', value: scoreRecord({ ...aScore(), level: 'panic' as Level }, 0).value },
];

describe('a record that is no score', () => {
  it.each(unreadableTable)('$what goes to the dead letters, and its neighbours are served', async ({ value }) => {
    const bench = createAlertsBench();
    const bad = { offset: 7, key: 'k', value, timestamp: 0 };
    await bench.deliverRecords([scoreRecord(aScore(), 6), bad, scoreRecord(aScore({ surrogate: other }), 8)]);
    expect(bench.tasks()).toHaveLength(2);
    expect(bench.published.find(({ topic }) => topic === 'dead')?.key).toBe('k');
    expect(await bench.deadLetters()).toMatchObject([
      {
        code: 'ERR_RECORD_DECODE',
        step: 'alerts.decode',
        topic: 'scores',
        partition,
        offset: 7,
        recordedAt: bench.clock.now(),
        keyId: 'test',
        original: value ?? Buffer.alloc(0),
      },
    ]);
    expect(bench.unreadable).toEqual(['ERR_RECORD_DECODE']);
  });

  it('does not hold up the partition when the registry is away: the fault is passed on to be tried again', async () => {
    const bench = createAlertsBench();
    const away = new EngineError('ERR_REGISTRY_UNAVAILABLE', 'The registry does not answer.', { retryable: true });
    const scores = { ...bench.deps.codecs.scores, decode: () => Promise.reject(away) };
    const waiting = createAlertsBench({ codecs: { ...bench.deps.codecs, scores } });
    await expect(waiting.deliver([aScore()])).rejects.toBe(away);
    expect(waiting.published).toEqual([]);
  });
});
