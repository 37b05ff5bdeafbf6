import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutgoingRecord } from '../../../services/core/ports/log.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { encodeTaskState } from '../../../services/core/tasks/encode-task-state.ts';
import type { TaskInput } from '../../../services/core/tasks/task-input.ts';
import { createTaskReducer } from '../../../services/core/tasks/task-reducer.ts';
import { emptyTaskState, type TaskState } from '../../../services/core/tasks/task-state.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { createMemoryDueIndex } from '../../../services/platform/memory/memory-due-index.ts';
import { createMemoryStateStore } from '../../../services/platform/memory/memory-state-store.ts';
import { createMemoryTaskIndex } from '../../../services/platform/memory/memory-task-index.ts';
import { createVirtualClock } from '../../../services/platform/memory/virtual-clock.ts';
import { createAlertsBench, partition, readFacts, readTasks } from '../../support/alerts-bench.ts';
import { likeTheRunner } from '../../support/like-the-runner.ts';
import { runs } from '../../support/property-runs.ts';
import { scoreHistory } from '../../support/score-arbitraries.ts';
import { taskRules } from '../../support/task-rules.ts';

const hourMs = 3_600_000;
const rules = taskRules();
const keyOf = (surrogate: string) => ({ tenant: 'demo', surrogate });
/** Longer than any episode with its cooldown and window. */
const forLong = 400 * 24 * hourMs;
const { stageNames, sweepStageNames } = createAlertsBench();

/** What several processes share. */
function openWorld(startAt: number) {
  const topic: OutgoingRecord[] = [];
  const clock = createVirtualClock(startAt);
  const reducer = createTaskReducer(rules, clock);
  return {
    store: createMemoryStateStore(),
    index: createMemoryTaskIndex(),
    dueIndex: createMemoryDueIndex(),
    clock,
    reducer: () => reducer,
    topic,
    sink: {
      publish: (records: readonly OutgoingRecord[]) => {
        topic.push(...records);
        return Promise.resolve();
      },
      stop: () => Promise.resolve(),
    },
  };
}

type World = ReturnType<typeof openWorld>;

async function statesOf(world: World, scores: readonly Score[]): Promise<Map<string, TaskState>> {
  const bench = createAlertsBench(world);
  const states = new Map<string, TaskState>();
  for (const score of scores) states.set(score.surrogate, await bench.stateOf(score));
  return states;
}

/** Whoever has something ahead is named by the index, at that time or before it. */
async function assertNobodyForgotten(world: World, scores: readonly Score[]): Promise<void> {
  const marks = await world.dueIndex.due(partition, Number.MAX_SAFE_INTEGER, 1_000);
  const dueAt = new Map(marks.map((mark) => [mark.key.surrogate, mark.dueAt]));
  for (const [surrogate, state] of await statesOf(world, scores)) {
    const next = world.reducer().nextDueAt(keyOf(surrogate), state);
    if (next !== null) expect(dueAt.get(surrogate)).toBeLessThanOrEqual(next);
  }
}

/** Versions of each task and of its fact without a gap, each with one content. */
function assertOneOfEach(topic: readonly OutgoingRecord[]): void {
  const contents = new Map<string, Set<string>>();
  const named = topic.flatMap((record) => [
    ...readTasks([record]).map(({ taskId, version }) => ({ record, name: `${taskId}:${version}` })),
    ...readFacts([record]).map(({ factId, sequence }) => ({ record, name: `${factId}:${sequence}` })),
  ]);
  for (const { record, name } of named) {
    const digest = nodeDigest.sha256HexOfBytes(record.value ?? Buffer.alloc(0));
    contents.set(name, (contents.get(name) ?? new Set()).add(digest));
  }
  for (const name of contents.keys()) {
    const [taskId, version] = name.split(':');
    if (version !== '1')
      expect(contents.has(`${taskId}:${Number(version) - 1}`), `what came before ${name}`).toBe(true);
  }
  for (const digests of contents.values()) expect(digests.size).toBe(1);
}

/** Time goes on for long, and whatever was due by then has happened. */
async function drain(world: World): Promise<void> {
  const bench = createAlertsBench(world);
  await world.clock.advance(forLong);
  while ((await world.dueIndex.due(partition, world.clock.now(), 1)).length > 0) await bench.fire();
}

async function assertNothingOverdue(world: World, scores: readonly Score[]): Promise<void> {
  for (const [surrogate, state] of await statesOf(world, scores)) {
    const next = world.reducer().nextDueAt(keyOf(surrogate), state);
    if (next !== null) expect(next).toBeGreaterThan(world.clock.now());
  }
}

function applied(world: World, surrogate: string, state: TaskState, input: TaskInput): TaskState {
  return world.reducer().apply(keyOf(surrogate), state, input).state;
}

interface Turn {
  readonly scores: readonly Score[];
  readonly advanceMs: number;
  readonly crashes: readonly string[];
  readonly dueCrashes: readonly string[];
}

function turnsOf(crashes: fc.Arbitrary<string>, dueCrashes: fc.Arbitrary<string>): fc.Arbitrary<Turn[]> {
  return scoreHistory({ customers: 3, minLength: 1 }).chain((scores) => {
    const turn = fc.record({
      advanceMs: fc.integer({ min: 0, max: 60 * hourMs }),
      crashes: fc.array(crashes, { maxLength: 2 }),
      dueCrashes: fc.array(dueCrashes, { maxLength: 2 }),
    });
    return fc
      .array(turn, { minLength: scores.length, maxLength: scores.length })
      .map((turns) => turns.map((each, i) => ({ ...each, scores: scores.slice(i, i + 1) })));
  });
}

async function play(turns: readonly Turn[]) {
  const scores = turns.flatMap((turn) => turn.scores);
  const world = openWorld(scores[0].receivedAt);
  const expected = new Map(scores.map(({ surrogate }) => [surrogate, emptyTaskState()]));
  const take = (surrogate: string, state: TaskState) => expected.set(surrogate, { ...state, outbox: [], audits: [] });
  for (const turn of turns) {
    for (const crashAfter of turn.crashes) await createAlertsBench(world).deliver(turn.scores, { crashAfter });
    await assertNobodyForgotten(world, scores);
    await createAlertsBench(world).deliver(turn.scores);
    for (const score of turn.scores) {
      take(score.surrogate, applied(world, score.surrogate, expected.get(score.surrogate) as TaskState, { kind: 'score', score }));
    } // prettier-ignore
    await world.clock.advance(turn.advanceMs);
    for (const crashAfter of turn.dueCrashes) await createAlertsBench(world).fire({ crashAfter });
    await assertNobodyForgotten(world, scores);
    await createAlertsBench(world).fire();
    for (const [surrogate, state] of expected) {
      take(surrogate, applied(world, surrogate, state, { kind: 'time', at: world.clock.now() }));
    }
    await assertNobodyForgotten(world, scores);
  }
  return { world, scores, expected };
}

describe('what is due, though processes die', () => {
  const anyStage = fc.constantFrom(...stageNames);
  const anyDueStage = fc.constantFrom(...sweepStageNames);

  it('happens once and in its time: states are those of the rules alone, time by time', async () => {
    await fc.assert(
      fc.asyncProperty(turnsOf(anyStage, anyDueStage), async (turns) => {
        const { world, scores, expected } = await play(turns);
        for (const [surrogate, state] of await statesOf(world, scores)) {
          expect(encodeTaskState(state).toString()).toBe(encodeTaskState(expected.get(surrogate) as TaskState).toString());
        } // prettier-ignore
        assertOneOfEach(world.topic);
      }),
      { numRuns: runs(50) },
    );
  });

  it.each(sweepStageNames)('is not lost or doubled by a death after %s', async (stage) => {
    await fc.assert(
      fc.asyncProperty(turnsOf(fc.constant('write'), fc.constant(stage)), async (turns) => {
        const { world, scores } = await play(turns.map((turn) => ({ ...turn, dueCrashes: [stage] })));
        await drain(world);
        await assertNothingOverdue(world, scores);
        assertOneOfEach(world.topic);
      }),
      { numRuns: runs(12) },
    );
  });
});

describe('what is due, beside processes that have lost the partition unnoticed', () => {
  it('is never forgotten and never happens twice', async () => {
    const advances = fc.array(fc.integer({ min: 0, max: 60 * hourMs }), { minLength: 1, maxLength: 6 });
    const history = scoreHistory({ customers: 2, minLength: 1, maxLength: 8, degraded: 0, historical: 0 });
    await fc.assert(
      fc.asyncProperty(history, fc.scheduler(), advances, async (scores, scheduler, each) => {
        const world = openWorld(scores[0].receivedAt);
        const { store, dueIndex } = world;
        const shared: World = {
          ...world,
          store: {
            ...store,
            connectionEpoch: () => 1,
            load: scheduler.scheduleFunction((keys) => store.load(keys)),
            compareAndSet: scheduler.scheduleFunction((updates) => store.compareAndSet(updates)),
          },
          dueIndex: {
            size: (shard) => dueIndex.size(shard),
            mark: scheduler.scheduleFunction((shard, marks) => dueIndex.mark(shard, marks)),
            due: scheduler.scheduleFunction((shard, until, limit) => dueIndex.due(shard, until, limit)),
            settle: scheduler.scheduleFunction((shard, settlements) => dueIndex.settle(shard, settlements)),
          },
        };
        const reads = [1, 3].map(async (size) => {
          const bench = createAlertsBench(shared);
          for (let at = 0; at < scores.length; at += size) {
            await likeTheRunner(() => bench.deliver(scores.slice(at, at + size)));
          }
        });
        const sweeps = [each, each.toReversed()].map(async (list) => {
          const bench = createAlertsBench(shared);
          for (const advanceMs of list) {
            await world.clock.advance(advanceMs);
            await likeTheRunner(() => bench.fire());
          }
        });
        await scheduler.waitFor(Promise.all([...reads, ...sweeps]));
        await assertNobodyForgotten(world, scores);
        await drain(world);
        await assertNothingOverdue(world, scores);
        assertOneOfEach(world.topic);
      }),
      { numRuns: runs(80) },
    );
  });
});
