import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandVerb } from '../../../services/core/commands/command-verbs.ts';
import { composeCaseFact } from '../../../services/core/kpis/compose-case-fact.ts';
import { composeTaskFact } from '../../../services/core/kpis/compose-task-fact.ts';
import { composeUsageFact } from '../../../services/core/kpis/compose-usage-fact.ts';
import type { KpiFact } from '../../../services/core/kpis/kpi-fact.ts';
import type { OutgoingRecord } from '../../../services/core/ports/log.ts';
import type { RetentionTask } from '../../../services/core/tasks/retention-task.ts';
import type { TaskInput } from '../../../services/core/tasks/task-input.ts';
import { createTaskReducer } from '../../../services/core/tasks/task-reducer.ts';
import { emptyTaskState, type TaskState } from '../../../services/core/tasks/task-state.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { createMemoryDueIndex } from '../../../services/platform/memory/memory-due-index.ts';
import { createMemoryStateStore } from '../../../services/platform/memory/memory-state-store.ts';
import { createMemoryTaskIndex } from '../../../services/platform/memory/memory-task-index.ts';
import { createVirtualClock } from '../../../services/platform/memory/virtual-clock.ts';
import { alertsCodecs, createAlertsBench, partition, readFacts } from '../../support/alerts-bench.ts';
import { caseCommand, caseEvent } from '../../support/case-inputs.ts';
import { type Fault, faultPlan, faultySink, faultyStore } from '../../support/faulty-adapters.ts';
import { likeTheRunner } from '../../support/like-the-runner.ts';
import { runs } from '../../support/property-runs.ts';
import { aScore } from '../../support/score-builder.ts';
import { taskRules } from '../../support/task-rules.ts';

const hour = 3_600_000;
const begin = Date.UTC(2026, 0, 5, 8) / hour;
const rules = taskRules();
const key = { tenant: 'demo', surrogate: '00112233445566778899aabbccddeeff' };
const { stageNames, sweepStageNames } = createAlertsBench();

interface Turn {
  readonly after: number;
  readonly late: number;
  readonly what: 'opening' | 'event' | 'command' | 'score' | 'claim';
  readonly caseId: string;
  readonly word: number;
  readonly isHistorical: boolean;
  readonly crashes: readonly string[];
  readonly looks: readonly string[];
  readonly sinkFaults: readonly Fault[];
  readonly storeFaults: readonly Fault[];
}

const fault = fc.constantFrom<Fault>('ok', 'ok', 'lost', 'half', 'unheard');
const turns = fc.array(
  fc.record<Turn>({
    after: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 20 }) }, { weight: 1, arbitrary: fc.nat({ max: 200 }) }),
    late: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 40 }) }),
    what: fc.constantFrom('opening', 'event', 'event', 'event', 'command', 'command', 'score', 'claim'),
    caseId: fc.constantFrom('', 'a', 'b', 'c', 'd', 'e', 'f', 'g'),
    word: fc.nat({ max: 50 }),
    isHistorical: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    crashes: fc.array(fc.constantFrom(...stageNames), { maxLength: 2 }),
    looks: fc.array(fc.constantFrom('', ...sweepStageNames), { maxLength: 2 }),
    sinkFaults: fc.array(fault, { maxLength: 3 }),
    storeFaults: fc.array(fault, { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 30, size: 'max' },
);

const types = [
  'case.responded', 'case.progressed', 'case.resolved', 'case.followed_up', 'case.closed', 'case.reopened', 'order.placed',
]; // prettier-ignore
const verbs: readonly CommandVerb[] = [
  'case-respond', 'case-wait', 'case-resume', 'case-resolve', 'case-follow-up', 'case-close', 'case-reopen', 'case-assign',
  'case-sort',
]; // prettier-ignore

/** The topic and the input of a turn; claims are of the task that stands by then. */
function inputOf(turn: Turn, { hours, n, state }: { hours: number; n: number; state: TaskState }): TaskInput {
  const { what, caseId, word, isHistorical, late } = turn;
  const place = { logId: null, offset: n };
  const at = hours * hour;
  if (what === 'score') {
    const level = (['critical', 'none', 'high'] as const)[word % 3];
    return { kind: 'score', score: aScore({ level, stateVersion: n, receivedAt: at }) };
  }
  if (what === 'claim' || what === 'command') {
    const [trigger] = state.triggers;
    const taskId = trigger?.tasks.at(-1)?.taskId ?? 'none';
    const verb = what === 'claim' ? (['claim', 'resolve', 'note'] as const)[word % 3] : verbs[word % verbs.length];
    const subject = what === 'claim' ? { taskId, caseId: null } : { taskId: null, caseId };
    const words = {
      state: 'waiting-for-customer',
      weight: word % 2 === 0 ? 'urgent' : 'complex',
      reason: 'other',
      owner: 'li',
    };
    const command = { ...words, ...subject, commandId: `k${n}`, result: 'kept', actor: `care-${word % 3}`, note: 'n' };
    return { kind: 'command', command: caseCommand(verb, hours, command), place };
  }
  const type = what === 'opening' ? 'case.opened' : types[word % types.length];
  const properties = { caseId, causeCode: 'other', caseClass: word % 3 === 0 ? 'complaint' : 'question' };
  const event = caseEvent(type, hours - late, properties, {
    eventId: `e${n}`,
    receivedAt: at,
    historical: isHistorical,
  });
  return { kind: 'event', event, place };
}

const topicOf = { score: 'scores', event: 'events', command: 'commands', segments: 'segments', time: '' };

function recordOf(input: TaskInput, offset: number) {
  const value =
    input.kind === 'score'
      ? alertsCodecs.scores.encode(input.score)
      : input.kind === 'event'
        ? alertsCodecs.events.encode(input.event)
        : input.kind === 'command'
          ? alertsCodecs.commands.encode(input.command)
          : null;
  return { offset, key: key.surrogate, value, timestamp: 0 };
}

/** What several processes share, and what the rules alone make of the same inputs, with nothing ever published. */
function openWorld() {
  const topic: OutgoingRecord[] = [];
  const clock = createVirtualClock(begin * hour);
  const reducer = createTaskReducer(rules, clock);
  const publish = (records: readonly OutgoingRecord[]) => Promise.resolve(void topic.push(...records));
  const shared = {
    ...{ store: createMemoryStateStore(), index: createMemoryTaskIndex(), dueIndex: createMemoryDueIndex(), clock },
    reducer: () => reducer,
    sink: { publish, stop: () => Promise.resolve() },
  };
  let state = emptyTaskState();
  const seen: KpiFact[] = [];
  return {
    topic,
    shared,
    clock,
    seen,
    state: () => state,
    take(input: TaskInput): void {
      ({ state } = reducer.apply(key, state, input));
      const fact = input.kind === 'command' ? composeUsageFact(input.command, nodeDigest) : null;
      if (fact !== null) seen.push(fact);
      seen.push(...state.cases.cases.map((booked) => composeCaseFact(key, booked, nodeDigest)));
    },
  };
}

type Disturb = (world: ReturnType<typeof openWorld>, turn: Turn, deliver: Deliver) => Promise<void>;
type Deliver = (bench: ReturnType<typeof createAlertsBench>, crashAfter?: string) => Promise<unknown>;

async function play(history: readonly Turn[], disturb: Disturb) {
  const world = openWorld();
  const { clock, shared } = world;
  for (const [i, turn] of history.entries()) {
    await clock.advance(turn.after * hour);
    const input = inputOf(turn, { hours: clock.now() / hour, n: i + 1, state: world.state() });
    const chunk = [recordOf(input, i + 1)];
    await disturb(world, turn, (bench, crashAfter) =>
      bench.deliverRecords(chunk, { topic: topicOf[input.kind], crashAfter }),
    );
    world.take(input);
    if (turn.looks.length === 0) continue;
    for (const stage of turn.looks) await createAlertsBench(shared).fire(stage === '' ? {} : { crashAfter: stage });
    await createAlertsBench(shared).fire();
    world.take({ kind: 'time', at: clock.now() });
  }
  // Far beyond every deadline: what nobody met has run out by then, and is told.
  await clock.advance(400 * 24 * hour);
  while ((await shared.dueIndex.due(partition, clock.now(), 1)).length > 0) await createAlertsBench(shared).fire();
  world.take({ kind: 'time', at: clock.now() });
  return world;
}

function newestOf(facts: readonly KpiFact[]): ReadonlyMap<string, KpiFact> {
  const newest = new Map<string, KpiFact>();
  for (const fact of facts) {
    if (fact.sequence >= (newest.get(fact.factId)?.sequence ?? 0)) newest.set(fact.factId, fact);
  }
  return newest;
}

/** Facts of the newest version of each task and case that ever was, and of whatever the staff used. */
function expectedFacts({ state, seen }: ReturnType<typeof openWorld>): ReadonlyMap<string, KpiFact> {
  const { outbox, cases } = state();
  const tasks = outbox.map((task: RetentionTask) => composeTaskFact(task, nodeDigest));
  // Cases are seen in the book after each input; what one input changed and dropped is only owed.
  const owed = cases.owed.map((booked) => composeCaseFact(key, booked, nodeDigest));
  return newestOf([...tasks, ...owed, ...seen]);
}

function assertAllTold(world: ReturnType<typeof openWorld>): void {
  const told = newestOf(readFacts(world.topic));
  const sorted = (facts: ReadonlyMap<string, KpiFact>) =>
    [...facts.values()].toSorted((one, other) => (one.factId < other.factId ? -1 : 1));
  expect(sorted(told)).toEqual(sorted(expectedFacts(world)));
  const bytes = new Map<string, string>();
  for (const record of world.topic.filter(({ topic }) => topic === 'facts')) {
    const [{ factId, sequence, kind }] = readFacts([record]);
    const name = `${factId}:${sequence}`;
    const text = (record.value ?? Buffer.alloc(0)).toString('hex');
    expect(bytes.get(name) ?? text).toBe(text);
    bytes.set(name, text);
    expect(record.partition).toBe(kind === 'usage' ? undefined : partition);
  }
}

describe('facts of tasks, cases and the staff', () => {
  it('are all on the topic, as the rules alone would have them, though processes die at any stage', async () => {
    const crash: Disturb = async ({ shared }, turn, deliver) => {
      for (const stage of turn.crashes) await deliver(createAlertsBench(shared), stage);
      await deliver(createAlertsBench(shared));
    };
    await fc.assert(
      fc.asyncProperty(turns, async (history) => assertAllTold(await play(history, crash))),
      { numRuns: runs(20) },
    );
  });

  it('are all on the topic though calls of the log and the store fail before, after and half way', async () => {
    const fail: Disturb = async ({ shared }, turn, deliver) => {
      const bench = createAlertsBench({
        ...shared,
        sink: faultySink(shared.sink, faultPlan(turn.sinkFaults)),
        store: faultyStore(shared.store, faultPlan(turn.storeFaults)),
      });
      await likeTheRunner(() => deliver(bench));
    };
    await fc.assert(
      fc.asyncProperty(turns, async (history) => assertAllTold(await play(history, fail))),
      { numRuns: runs(20) },
    );
  });

  it('come again with the same bytes when everything is delivered again', async () => {
    const twice: Disturb = async ({ shared }, _, deliver) => {
      await deliver(createAlertsBench(shared), 'produce');
      await deliver(createAlertsBench(shared));
      await deliver(createAlertsBench(shared));
    };
    await fc.assert(
      fc.asyncProperty(turns, async (history) => assertAllTold(await play(history, twice))),
      { numRuns: runs(10) },
    );
  });
});
