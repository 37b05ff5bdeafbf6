import { compileTaskRules } from '../../services/core/playbooks/compile-task-rules.ts';
import { createTaskReducer } from '../../services/core/tasks/task-reducer.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import { assignArm } from '../../services/core/uplift/assign-arm.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import type { CareEntry } from '../../simulator/care/care-entry.ts';
import { type CareFigures, countCare, type CountedTask } from '../../simulator/care/care-figures.ts';
import type { BookTask } from '../../simulator/care/care-ledger.ts';
import { drawCareLife } from '../../simulator/care/care-life.ts';
import { readCarePlan } from '../../simulator/care/care-plan.ts';
import { keepBooks } from '../../simulator/care/keep-books.ts';
import { createRandom, type Random } from '../../simulator/random.ts';
import { alertsCodecs, createAlertsBench, readAudits, readTasks } from './alerts-bench.ts';
import { careRecord, type CareRecord } from './care-entry-records.ts';
import { quietServiceRules, shippedPlaybooks } from './task-rules.ts';

export interface CareQuarterOptions {
  readonly seed: number;
  readonly customers: number;
  readonly days: number;
}

export const careBegin = Date.UTC(2026, 6, 1);
const timezone = 'Europe/Berlin';
const hourMs = 3_600_000;
const partitions = 3;

/** What the simulator's books say of the customers, and what each of them and the staff did. */
export function careBooks({ seed, customers, days }: CareQuarterOptions) {
  const plan = readCarePlan(shippedPlaybooks, timezone);
  const tasks: CountedTask[] = [];
  const withheld: { playbook: string; what: string; why: string }[] = [];
  const lives = Array.from({ length: customers }, (_, customer) => {
    const surrogate = nodeDigest.sha256Hex(`care ${customer}`).slice(0, 32);
    const life = drawCareLife({ seed, customer, from: careBegin, days });
    const drawArm = (playbook: string, holdout: number) =>
      assignArm(nodeDigest, { tenant: 'demo', playbook, surrogate }, holdout);
    const { entries, ledger } = keepBooks(life, { plan, seed, customer, from: careBegin, days, drawArm });
    for (const trigger of ledger.triggers.values()) tasks.push(...trigger.tasks.map(countBook));
    withheld.push(...ledger.withheld);
    return { surrogate, entries };
  });
  return { lives, figures: countCare(tasks, withheld) };
}

function countBook(task: BookTask): CountedTask {
  const { playbook, arm, status, isFollowUp, isWarned, breachedAt, escalations, contacts } = task;
  const channels = contacts.map(({ channel }) => channel);
  const purchases = task.isMeasured ? task.purchases : null;
  return {
    playbook,
    arm,
    status,
    isFollowUp,
    isWarned,
    isBreached: breachedAt !== null,
    escalations,
    channels,
    purchases,
  };
}

function countTopic(task: RetentionTask): CountedTask {
  const { playbook, arm, status, trigger, warnedAt, breachedAt, escalations, contacts, measured } = task;
  return {
    playbook, arm, status, escalations,
    isFollowUp: trigger.endsWith('.follow-up'),
    isWarned: warnedAt !== null,
    isBreached: breachedAt !== null,
    channels: contacts.map(({ channel }) => channel),
    purchases: measured?.purchases ?? null,
  }; // prettier-ignore
}

interface Life {
  readonly surrogate: string;
  readonly entries: readonly CareEntry[];
}

/**
 * Sends the lives through the alerts pipeline, partition by partition, on a clock of their own: in small chunks, some of
 * them delivered again, with processes that die after any stage, and with sweeps of what is due that come when they come.
 * Returns what stands on the topics.
 */
export async function careFigures(lives: readonly Life[], { seed, days }: CareQuarterOptions): Promise<CareFigures> {
  const tasks: PartitionRun['tasks'] = new Map();
  const withheld = new Map<string, { playbook: string; what: string; why: string }>();
  for (let partition = 0; partition < partitions; partition += 1) {
    const random = createRandom(seed, `partition ${partition}`);
    const mine = lives.filter((_, i) => i % partitions === partition);
    await runPartition(byHour(mine), { days, random, tasks, withheld });
  }
  return countCare(
    [...tasks.values()].map(({ counted }) => counted),
    withheld.values(),
  );
}

interface HourEntry {
  readonly entry: CareEntry;
  readonly surrogate: string;
  readonly n: number;
}

type Hours = ReadonlyMap<number, readonly HourEntry[]>;

/** Entries by the hour that they come in. */
function byHour(lives: readonly Life[]): Hours {
  const hours = new Map<number, HourEntry[]>();
  for (const { surrogate, entries } of lives) {
    for (const [i, entry] of entries.entries()) {
      const hour = (entry.at - careBegin) / hourMs;
      const records = hours.get(hour) ?? [];
      records.push({ entry, surrogate, n: i + 1 });
      hours.set(hour, records);
    }
  }
  return hours;
}

interface PartitionRun {
  readonly days: number;
  readonly random: Random;
  /** The newest version of each, as far as it is counted: a year of whole tasks would not fit. */
  readonly tasks: Map<string, { readonly version: number; readonly counted: CountedTask }>;
  readonly withheld: Map<string, { playbook: string; what: string; why: string }>;
}

async function runPartition(hours: Hours, run: PartitionRun): Promise<void> {
  const { days, random } = run;
  const clock = { at: careBegin, now: () => clock.at, sleep: () => Promise.resolve() };
  const tenants = new Map([['demo', { timezone, currency: 'GBP' }]]);
  const rules = compileTaskRules(shippedPlaybooks, {
    ...{ version: '1', digest: nodeDigest, tenants },
    service: () => quietServiceRules,
  });
  const reducer = noting(createTaskReducer(rules, clock), run.withheld);
  const bench = createAlertsBench({ clock, reducer: () => reducer });
  const offsets = new Map<string, number>();
  const sweep = async () => {
    const stages = bench.sweepStageNames.slice(1);
    if (random.chance(0.1)) await bench.fire({ crashAfter: random.pick(stages) });
    do await bench.fire();
    while ((await bench.dueIndex.due(3, clock.at, 1)).length > 0);
  };
  for (let hour = 0; hour < days * 24; hour += 1) {
    clock.at = careBegin + hour * hourMs;
    for (const [topic, records] of byTopic((hours.get(hour) ?? []).map((each) => careRecord(each.entry, each)))) {
      const from = offsets.get(topic) ?? 0;
      offsets.set(topic, from + records.length);
      const raw = records.map((record, i) => ({ ...toRaw(record), offset: from + i }));
      if (random.chance(0.05)) await bench.deliverRecords(raw, { topic, crashAfter: random.pick(bench.stageNames) });
      await bench.deliverRecords(raw, { topic });
      if (random.chance(0.05)) await bench.deliverRecords(raw, { topic });
    }
    if (random.chance(0.04) || hour === days * 24 - 1) await sweep();
    if (hour % 240 === 239) collect(bench.published, run);
  }
  collect(bench.published, run);
}

type Reducer = ReturnType<typeof createTaskReducer>;

/** Notes what the cooldown kept back; nothing of it stands on a topic. */
function noting(reducer: Reducer, withheld: PartitionRun['withheld']): Reducer {
  return {
    ...reducer,
    apply(key, state, input) {
      const applied = reducer.apply(key, state, input);
      if (input.kind !== 'score' && input.kind !== 'event') return applied;
      const id = input.kind === 'score' ? input.score.scoreId : input.event.eventId;
      for (const decision of applied.decisions) {
        if (decision.kind !== 'suppressed' || decision.why !== 'cooldown') continue;
        const { playbook, why } = decision;
        withheld.set(`${id} ${playbook}`, { playbook, what: 'open-task', why });
      }
      return applied;
    },
  };
}

function byTopic(records: readonly CareRecord[]): ReadonlyMap<string, readonly CareRecord[]> {
  return Map.groupBy(records, ({ topic }) => topic);
}

function toRaw({ topic, body }: CareRecord) {
  const key = body.surrogate;
  const { scores, events, segments, commands } = alertsCodecs;
  if (topic === 'scores') return { key, value: scores.encode(body), timestamp: body.receivedAt };
  if (topic === 'events') return { key, value: events.encode(body), timestamp: body.receivedAt };
  if (topic === 'segments') return { key, value: segments.encode(body), timestamp: body.at };
  return { key, value: commands.encode(body), timestamp: body.at };
}

/** Keeps the newest version of each task, as compaction would, and each audit record once. */
function collect(published: Parameters<typeof readTasks>[0] & unknown[], { tasks, withheld }: PartitionRun): void {
  for (const task of readTasks(published)) {
    const { taskId, version } = task;
    if (version >= (tasks.get(taskId)?.version ?? 0)) tasks.set(taskId, { version, counted: countTopic(task) });
  }
  for (const { auditId, result, action, playbook, reason } of readAudits(published)) {
    if (result === 'withheld') withheld.set(auditId, { playbook: playbook ?? '', what: action, why: reason ?? '' });
  }
  published.length = 0;
}
