import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutgoingRecord } from '../../../services/core/ports/log.ts';
import type { TaskIndex } from '../../../services/core/ports/task-index.ts';
import type { StateStore } from '../../../services/core/ports/state-store.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { encodeTaskState } from '../../../services/core/tasks/encode-task-state.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { createMemoryStateStore } from '../../../services/platform/memory/memory-state-store.ts';
import { createMemoryTaskIndex } from '../../../services/platform/memory/memory-task-index.ts';
import { createAlertsBench, readFacts, readTasks } from '../../support/alerts-bench.ts';
import { likeTheRunner } from '../../support/like-the-runner.ts';
import { newestVersions, openTasksOf } from '../../support/open-tasks.ts';
import { runs } from '../../support/property-runs.ts';
import { scoreHistory } from '../../support/score-arbitraries.ts';

type Bench = ReturnType<typeof createAlertsBench>;

const { stageNames } = createAlertsBench();

/** What outlives the processes: states, index, and the distinct records of the topic. */
async function outcomeOf(
  bench: Pick<Bench, 'stateOf'>,
  scores: readonly Score[],
  index: TaskIndex,
  topic: readonly OutgoingRecord[],
) {
  const customers = [...new Map(scores.map((score) => [score.surrogate, score])).values()];
  const states = await Promise.all(customers.map((score) => bench.stateOf(score)));
  return {
    states: states.map((state) => encodeTaskState(state).toString()),
    index: await index.list({
      tenant: 'demo',
      arm: 'treated',
      order: 'newest',
      status: null,
      after: null,
      limit: 1_000,
    }),
    counts: await index.count(['demo']),
    topic: [...new Set(topic.map(nameRecord))].sort(),
  };
}

/** Task or fact, version and a fingerprint of the bytes: two records of one name are the same record. */
function nameRecord(record: OutgoingRecord): string {
  const [id, version] = [
    ...readTasks([record]).map((task) => [task.taskId, task.version]),
    ...readFacts([record]).map((fact) => [fact.factId, fact.sequence]),
  ][0];
  return `${record.topic}:${id}:${version}:${record.partition}:${nodeDigest.sha256HexOfBytes(record.value ?? Buffer.alloc(0))}`;
}

async function undisturbed(scores: readonly Score[]) {
  const bench = createAlertsBench();
  if (scores.length > 0) await bench.deliver(scores);
  return outcomeOf(bench, scores, bench.index, bench.published);
}

/** Delivers the log chunk by chunk; some deliveries die after a stage, and their chunk comes again. */
async function deliverWithCrashes(scores: readonly Score[], chunkSize: number, crashes: readonly (string | null)[]) {
  const bench = createAlertsBench();
  const left = [...crashes];
  for (let at = 0; at < scores.length;) {
    const chunk = scores.slice(at, at + chunkSize);
    const crashAfter = left.shift() ?? undefined;
    await bench.deliver(chunk, { crashAfter });
    // A chunk that died is not committed; one that died after its last stage was done, but comes again all the same.
    if (crashAfter === undefined) at += chunkSize;
  }
  return { bench, outcome: await outcomeOf(bench, scores, bench.index, bench.published) };
}

describe('killed after any stage and started again', () => {
  it.each(stageNames)('after %s: states, index and topic are those of an undisturbed run', async (crashAfter) => {
    await fc.assert(
      fc.asyncProperty(
        scoreHistory({ customers: 3, minLength: 1 }),
        fc.integer({ min: 1, max: 9 }),
        async (scores, size) => {
          const { outcome } = await deliverWithCrashes(scores, size, [crashAfter, null, crashAfter, crashAfter]);
          expect(outcome).toEqual(await undisturbed(scores));
        },
      ),
      { numRuns: runs(40) },
    );
  });

  it('after a random one each time: the same', async () => {
    const crashes = fc.array(fc.option(fc.constantFrom(...stageNames), { nil: null }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        scoreHistory({ customers: 3 }),
        fc.integer({ min: 1, max: 9 }),
        crashes,
        async (scores, size, each) => {
          const { outcome, bench } = await deliverWithCrashes(scores, size, each);
          expect(outcome).toEqual(await undisturbed(scores));
          expect(openTasksOf(bench.tasks()).length).toBeLessThanOrEqual(3);
        },
      ),
      { numRuns: runs(80) },
    );
  });

  it('replaying everything adds no record', async () => {
    await fc.assert(
      fc.asyncProperty(scoreHistory({ customers: 3, minLength: 1 }), async (scores) => {
        const bench = createAlertsBench();
        await bench.deliver(scores);
        const count = bench.published.length;
        await bench.deliver(scores);
        expect(bench.published).toHaveLength(count);
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('several processes on one partition at once', () => {
  const history = scoreHistory({ customers: 2, minLength: 1, maxLength: 10 });
  const processes = fc.integer({ min: 2, max: 4 });

  it('end with at most one open task per customer at any moment, and the newest version last on the topic', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.scheduler(), processes, async (scores, scheduler, count) => {
        const { outcome, topic } = await race(scores, scheduler, new Array<null>(count).fill(null));
        expect(outcome).toEqual(await undisturbed(scores));
        assertOneOpen(topic);
        assertNewestLast(topic);
      }),
      { numRuns: runs(80) },
    );
  });

  it('lose and double nothing when some of them die', async () => {
    const crashes = fc.array(fc.option(fc.constantFrom(...stageNames), { nil: null }), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(history, fc.scheduler(), crashes, async (scores, scheduler, each) => {
        const { outcome, topic } = await race(scores, scheduler, [null, ...each]);
        expect(outcome).toEqual(await undisturbed(scores));
        assertOneOpen(topic);
      }),
      { numRuns: runs(80) },
    );
  });
});

/**
 * Processes that all take the whole log, in chunks of different sizes, over one store, index and topic, in an order of
 * effects that the scheduler picks. Each dies after its stage in its second chunk; at the end one reads all again.
 */
async function race(scores: readonly Score[], scheduler: fc.Scheduler, crashes: readonly (string | null)[]) {
  const store = createMemoryStateStore();
  const index = createMemoryTaskIndex();
  const topic: OutgoingRecord[] = [];
  const publish = (records: readonly OutgoingRecord[]): Promise<void> => {
    topic.push(...records);
    return Promise.resolve();
  };
  const shared = {
    index,
    store: {
      connectionEpoch: () => 1,
      load: scheduler.scheduleFunction((keys: Parameters<StateStore['load']>[0]) => store.load(keys)),
      compareAndSet: scheduler.scheduleFunction((updates: Parameters<StateStore['compareAndSet']>[0]) =>
        store.compareAndSet(updates),
      ),
    },
    sink: { publish: scheduler.scheduleFunction(publish), stop: () => Promise.resolve() },
  };
  const work = crashes.map(async (crash, number) => {
    const bench = createAlertsBench(shared);
    const size = number + 1;
    for (let at = 0; at < scores.length; at += size) {
      const crashAfter = at >= size ? (crash ?? undefined) : undefined;
      // Whoever loses eight rounds against the others gives the chunk back, and it comes again.
      await likeTheRunner(() => bench.deliver(scores.slice(at, at + size), { crashAfter }));
      if (crashAfter !== undefined) return;
    }
  });
  await scheduler.waitFor(Promise.all(work));
  const last = createAlertsBench({ store, index, sink: { publish, stop: () => Promise.resolve() } });
  await last.deliver(scores);
  return { topic, outcome: await outcomeOf(last, scores, index, topic) };
}

/** A reader that keeps the highest version of each task never sees two open ones of a customer. */
function assertOneOpen(topic: readonly OutgoingRecord[]): void {
  const snapshots = readTasks(topic);
  for (let length = 1; length <= snapshots.length; length++) {
    const open = openTasksOf(snapshots.slice(0, length)).map((task) => task.surrogate);
    expect(new Set(open).size).toBe(open.length);
  }
}

/** What log compaction leaves of each task is its newest version. */
function assertNewestLast(topic: readonly OutgoingRecord[]): void {
  const snapshots = readTasks(topic);
  const left = new Map(snapshots.map((task) => [task.taskId, task.version]));
  for (const task of newestVersions(snapshots).values()) expect(left.get(task.taskId)).toBe(task.version);
}
