import type { AuditRecord } from '../../core/audit/audit-record.ts';
import { EngineError } from '../../core/errors.ts';
import type { LogSink, OutgoingRecord } from '../../core/ports/log.ts';
import { traceHeaders } from '../../core/ports/tracer.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import { owes } from '../../core/tasks/clear-outbox.ts';
import type { RetentionTask } from '../../core/tasks/retention-task.ts';
import type { TaskWork } from '../alerts-context.ts';

export interface PublishOutboxesDeps {
  readonly sink: LogSink;
  readonly codecs: { readonly tasks: RecordCodec<RetentionTask>; readonly audits: RecordCodec<AuditRecord> };
  readonly topics: { readonly tasks: string; readonly audit: string };
}

/** The record of a snapshot, in the partition of its customer's scores, so that both topics are split alike. */
export function taskRecord(
  { codecs, topics }: PublishOutboxesDeps,
  task: RetentionTask,
  partition: number,
): OutgoingRecord {
  return { topic: topics.tasks, key: task.taskId, value: codecs.tasks.encode(task), partition };
}

function auditRecord({ codecs, topics }: PublishOutboxesDeps, audit: AuditRecord): OutgoingRecord {
  return { topic: topics.audit, key: audit.tenant, value: codecs.audits.encode(audit) };
}

/** Publishes every outbox as it is stored, acknowledged by all replicas. */
export function createPublishOutboxes(deps: PublishOutboxesDeps): (work: TaskWork) => Promise<void> {
  return async function publishOutboxes({ partition, lease, customers }) {
    const works = [...customers.values()].filter((work) => owes(work.stored));
    if (works.length === 0) return;
    if (!lease.isCurrent()) throw fenced(partition);
    const tasks = works.flatMap(({ stored, span }) =>
      stored.outbox.map((task) => ({ ...taskRecord(deps, task, partition), ...traceHeaders(span) })),
    );
    const audits = works.flatMap(({ stored }) => stored.audits.map((audit) => auditRecord(deps, audit)));
    await deps.sink.publish([...tasks, ...audits]);
    for (const work of works) work.published = { outbox: work.stored.outbox, audits: work.stored.audits };
  };
}

function fenced(partition: number): EngineError {
  const message = `Partition ${partition} has a new owner; its tasks are left to it.`;
  return new EngineError('ERR_LOG_FENCED', message, { retryable: false, context: { partition } });
}
