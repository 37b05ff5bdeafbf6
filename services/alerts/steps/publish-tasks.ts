import { EngineError } from '../../core/errors.ts';
import type { LogSink, OutgoingRecord } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { RetentionTask } from '../../core/tasks/retention-task.ts';
import type { AlertsContext } from '../alerts-context.ts';

export interface PublishTasksDeps {
  readonly sink: LogSink;
  readonly codec: RecordCodec<RetentionTask>;
  readonly topic: string;
}

/** The record of a snapshot, in the partition of its customer's scores, so that both topics are split alike. */
export function taskRecord(deps: PublishTasksDeps, task: RetentionTask, partition: number): OutgoingRecord {
  return { topic: deps.topic, key: task.taskId, value: deps.codec.encode(task), partition };
}

/** Publishes every outbox as it is stored, acknowledged by all replicas. */
export function createPublishTasks(deps: PublishTasksDeps): (context: AlertsContext) => Promise<void> {
  return async function publishTasks({ chunk, lease, customers }) {
    const works = [...customers.values()].filter((work) => work.stored.outbox.length > 0);
    if (works.length === 0) return;
    if (!lease.isCurrent()) throw fenced(chunk.topic, chunk.partition);
    const records = works.flatMap((work) => work.stored.outbox.map((task) => taskRecord(deps, task, chunk.partition)));
    await deps.sink.publish(records);
    for (const work of works) work.published = work.stored.outbox;
  };
}

function fenced(topic: string, partition: number): EngineError {
  const message = `Partition ${partition} of ${topic} has a new owner; its tasks are left to it.`;
  return new EngineError('ERR_LOG_FENCED', message, { retryable: false, context: { partition } });
}
