import type { AlertsContext } from '../../services/alerts/alerts-context.ts';
import { createDueSweep } from '../../services/alerts/due/due-sweep.ts';
import { type AlertsDeps, createAlertsPipeline } from '../../services/alerts/pipeline.ts';
import type { AuditRecord } from '../../services/core/audit/audit-record.ts';
import type { RetentionCommand } from '../../services/core/commands/retention-command.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { DeadLetterRecord } from '../../services/core/events/dead-letter.ts';
import type { KpiFact } from '../../services/core/kpis/kpi-fact.ts';
import type { OutgoingRecord, PartitionLease, RawRecord } from '../../services/core/ports/log.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import type { SegmentChanges } from '../../services/core/segments/segment-changes.ts';
import { decodeTaskState } from '../../services/core/tasks/decode-task-state.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import type { TaskDecision } from '../../services/core/tasks/task-decision.ts';
import { createTaskReducer } from '../../services/core/tasks/task-reducer.ts';
import { emptyTaskState, type TaskState } from '../../services/core/tasks/task-state.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { createBodyCodec } from '../../services/platform/memory/memory-codec.ts';
import { createMemoryCaseIndex } from '../../services/platform/memory/memory-case-index.ts';
import { createMemoryDueIndex } from '../../services/platform/memory/memory-due-index.ts';
import { createMemoryStateStore } from '../../services/platform/memory/memory-state-store.ts';
import { createMemoryTaskIndex } from '../../services/platform/memory/memory-task-index.ts';
import { createVirtualClock } from '../../services/platform/memory/virtual-clock.ts';
import { serviceRules, taskRules } from './task-rules.ts';

export interface DeliverOptions {
  /** The process dies after this stage: nothing later of this delivery happens. */
  readonly crashAfter?: string;
  readonly lease?: PartitionLease;
  /** Topic of the records; the scores where nothing is said. */
  readonly topic?: string;
}

export const partition = 3;
export const alertsTopics = {
  scores: 'scores',
  segments: 'segments',
  events: 'events',
  commands: 'commands',
  tasks: 'tasks',
  audit: 'audit',
  kpiFacts: 'facts',
  deadLetters: 'dead',
};
const registryHeaderBytes = 5;
export const alertsCodecs = {
  scores: createBodyCodec<Score>('score'),
  segments: createBodyCodec<SegmentChanges>('segment-changes'),
  events: createBodyCodec<CustomerRecord>('customer-event'),
  commands: createBodyCodec<RetentionCommand>('retention-command'),
  audits: createBodyCodec<AuditRecord>('audit-record'),
  tasks: createBodyCodec<RetentionTask>('retention-task'),
  kpiFacts: createBodyCodec<KpiFact>('kpi-fact'),
  deadLetters: createBodyCodec<DeadLetterRecord>('dead-letter'),
};

export function aLease(isCurrent: () => boolean = () => true): PartitionLease {
  return { isCurrent, heartbeat: () => Promise.resolve(), commit: () => Promise.resolve(), seek: () => undefined };
}

export function scoreRecord(score: Score, offset: number): RawRecord {
  return { offset, key: score.surrogate, value: alertsCodecs.scores.encode(score), timestamp: score.receivedAt };
}

/** Snapshots among published records. */
export function readTasks(published: readonly OutgoingRecord[]): RetentionTask[] {
  const values = published.filter(({ topic }) => topic === 'tasks').map(({ value }) => value as Buffer);
  return values.map((value) => alertsCodecs.tasks.decodeBody(value.subarray(registryHeaderBytes)));
}

/** Audit records among published records. */
export function readAudits(published: readonly OutgoingRecord[]): AuditRecord[] {
  const values = published.filter(({ topic }) => topic === 'audit').map(({ value }) => value as Buffer);
  return values.map((value) => alertsCodecs.audits.decodeBody(value.subarray(registryHeaderBytes)));
}

/** Facts among published records. */
export function readFacts(published: readonly OutgoingRecord[]): KpiFact[] {
  const values = published.filter(({ topic }) => topic === 'facts').map(({ value }) => value as Buffer);
  return values.map((value) => alertsCodecs.kpiFacts.decodeBody(value.subarray(registryHeaderBytes)));
}

/**
 * The alerts pipeline over in-process ports, driven chunk by chunk. Several benches over one `shared` store, index and
 * topic stand for several processes.
 */
export function createAlertsBench(overrides: Partial<AlertsDeps> = {}) {
  const store = createMemoryStateStore();
  const index = createMemoryTaskIndex();
  const dueIndex = createMemoryDueIndex();
  const clock = createVirtualClock(Date.UTC(2027, 0, 1));
  const reducer = createTaskReducer(taskRules(), clock);
  const published: OutgoingRecord[] = [];
  const lateness: number[] = [];
  const taken: { result: string; decisions: readonly TaskDecision[] }[] = [];
  const unreadable: string[] = [];
  const facts = new Map<string, number>();
  const deps: AlertsDeps = {
    store,
    index,
    caseIndex: createMemoryCaseIndex(),
    caseRulesOf: () => serviceRules.cases,
    dueIndex,
    sink: {
      publish: (records) => {
        published.push(...records);
        return Promise.resolve();
      },
      stop: () => Promise.resolve(),
    },
    digest: nodeDigest,
    clock,
    reducer: () => reducer,
    telemetry: {
      inputsTaken: (inputs) => taken.push(...inputs.map(({ applied }) => applied)),
      recordsUnreadable: (records) => unreadable.push(...records.map(({ fault }) => fault.code)),
      factsPublished: (kind, count) => facts.set(kind, (facts.get(kind) ?? 0) + count),
      birthdayPassedOver: (fault) => unreadable.push(fault),
      timersFired: (late) => lateness.push(...late),
    },
    codecs: alertsCodecs,
    topics: alertsTopics,
    openerFor: () => null,
    sealOriginal: (bytes) => ({ keyId: 'test', sealed: bytes }),
    ...overrides,
  };
  const pipeline = createAlertsPipeline(deps);
  const sweep = createDueSweep({ ...deps, owns: () => true });

  async function deliverRecords(records: readonly RawRecord[], options: DeliverOptions = {}): Promise<AlertsContext> {
    const chunk = { topic: options.topic ?? 'scores', partition, logId: null, records, highWatermark: records.length };
    const context = pipeline.begin(chunk, options.lease ?? aLease());
    for (const stage of pipeline.stages) {
      await stage.run(context);
      if (stage.name === options.crashAfter) break;
    }
    return context;
  }

  /** One slice of what is due; the process may die after a stage. */
  async function fire(options: Pick<DeliverOptions, 'crashAfter'> = {}): Promise<void> {
    const context = sweep.begin(partition);
    for (const stage of sweep.stages) {
      await stage.run(context);
      if (stage.name === options.crashAfter) return;
    }
  }

  return {
    deps,
    store,
    index,
    dueIndex,
    clock,
    lateness,
    fire,
    sweepStageNames: sweep.stages.map((stage) => stage.name),
    published,
    taken,
    unreadable,
    /** Facts told of, by kind. */
    facts,
    stageNames: pipeline.stages.map((stage) => stage.name),
    nextOffset: pipeline.nextOffset,
    deliverRecords,
    deliver: (scores: readonly Score[], options: DeliverOptions = {}) =>
      deliverRecords(
        scores.map((score, i) => scoreRecord(score, i)),
        options,
      ),
    /** Snapshots on the tasks topic, in its order. */
    tasks: () => readTasks(published),
    deadLetters: async () => {
      const values = published.filter(({ topic }) => topic === 'dead').map(({ value }) => value);
      return alertsCodecs.deadLetters.decode(values);
    },
    async stateOf(score: Score): Promise<TaskState> {
      const [stored] = await deps.store.load([{ tenant: score.tenant, surrogate: score.surrogate }]);
      return stored === null ? emptyTaskState() : decodeTaskState(stored.bytes);
    },
  };
}
