import type { AuditRecord } from '../../core/audit/audit-record.ts';
import { EngineError } from '../../core/errors.ts';
import { composeCaseFact } from '../../core/kpis/compose-case-fact.ts';
import { composeTaskFact } from '../../core/kpis/compose-task-fact.ts';
import { composeUsageFact } from '../../core/kpis/compose-usage-fact.ts';
import type { KpiFact } from '../../core/kpis/kpi-fact.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { LogSink, OutgoingRecord } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import { owes } from '../../core/tasks/clear-outbox.ts';
import type { RetentionTask } from '../../core/tasks/retention-task.ts';
import type { CustomerWork, TaskWork } from '../alerts-context.ts';
import type { AlertsTelemetry } from '../telemetry.ts';

export interface PublishOutboxesDeps {
  readonly sink: LogSink;
  readonly digest: Digest;
  readonly telemetry: Pick<AlertsTelemetry, 'factsPublished'>;
  readonly codecs: {
    readonly tasks: RecordCodec<RetentionTask>;
    readonly audits: RecordCodec<AuditRecord>;
    readonly kpiFacts: RecordCodec<KpiFact>;
  };
  readonly topics: { readonly tasks: string; readonly audit: string; readonly kpiFacts: string };
}

/**
 * The records of a snapshot, in the partition of its customer's scores, so that all three topics are split alike: itself,
 * and the fact that KPIs count of it.
 */
export function taskRecords(
  deps: PublishOutboxesDeps,
  task: RetentionTask,
  partition: number,
): readonly OutgoingRecord[] {
  const { codecs, topics, digest } = deps;
  const snapshot = { topic: topics.tasks, key: task.taskId, value: codecs.tasks.encode(task), partition };
  return [snapshot, { ...factRecord(deps, composeTaskFact(task, digest)), partition }];
}

function caseRecords(deps: PublishOutboxesDeps, { key, stored }: CustomerWork, partition: number): OutgoingRecord[] {
  const facts = stored.cases.owed.map((booked) => composeCaseFact(key, booked, deps.digest));
  return facts.map((fact) => ({ ...factRecord(deps, fact), partition }));
}

/** Whoever reads the facts of a person of the staff finds them in one partition, whoever's commands they sent. */
function usageRecords(deps: PublishOutboxesDeps, works: readonly CustomerWork[]): OutgoingRecord[] {
  const facts = new Map<string, KpiFact>();
  for (const { inputs } of works) {
    for (const input of inputs) {
      const fact = input.kind === 'command' ? composeUsageFact(input.command, deps.digest) : null;
      if (fact !== null) facts.set(fact.factId, fact);
    }
  }
  return [...facts.values()].map((fact) => factRecord(deps, fact));
}

function factRecord({ codecs, topics }: PublishOutboxesDeps, fact: KpiFact): OutgoingRecord {
  return { topic: topics.kpiFacts, key: fact.surrogate, value: codecs.kpiFacts.encode(fact) };
}

function auditRecord({ codecs, topics }: PublishOutboxesDeps, audit: AuditRecord): OutgoingRecord {
  return { topic: topics.audit, key: audit.tenant, value: codecs.audits.encode(audit) };
}

/**
 * Publishes every outbox as it is stored, and for each command, whatever became of it, that somebody used a function;
 * acknowledged by all replicas.
 */
export function createPublishOutboxes(deps: PublishOutboxesDeps): (work: TaskWork) => Promise<void> {
  return async function publishOutboxes({ partition, lease, customers }) {
    const works = [...customers.values()].filter((work) => owes(work.stored));
    const usage = usageRecords(deps, [...customers.values()]);
    if (works.length === 0 && usage.length === 0) return;
    if (!lease.isCurrent()) throw fenced(partition);
    const tasks = works.flatMap(({ stored }) => stored.outbox.flatMap((task) => taskRecords(deps, task, partition)));
    const cases = works.flatMap((work) => caseRecords(deps, work, partition));
    const audits = works.flatMap(({ stored }) => stored.audits.map((audit) => auditRecord(deps, audit)));
    await deps.sink.publish([...tasks, ...cases, ...usage, ...audits]);
    for (const work of works) work.published = work.stored;
    countFacts(deps, { task: tasks.length / 2, serviceCase: cases.length, usage: usage.length });
  };
}

function countFacts(
  { telemetry }: PublishOutboxesDeps,
  counts: Readonly<Record<'task' | 'serviceCase' | 'usage', number>>,
) {
  for (const kind of ['task', 'serviceCase', 'usage'] as const) {
    if (counts[kind] > 0) telemetry.factsPublished(kind, counts[kind]);
  }
}

function fenced(partition: number): EngineError {
  const message = `Partition ${partition} has a new owner; its tasks are left to it.`;
  return new EngineError('ERR_LOG_FENCED', message, { retryable: false, context: { partition } });
}
