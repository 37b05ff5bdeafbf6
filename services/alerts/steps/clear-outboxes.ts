import { EngineError } from '../../core/errors.ts';
import type { StateStore } from '../../core/ports/state-store.ts';
import { clearOutbox, owes } from '../../core/tasks/clear-outbox.ts';
import { overtakenTasks } from '../../core/tasks/overtaken-tasks.ts';
import type { RetentionTask } from '../../core/tasks/retention-task.ts';
import type { CustomerWork, TaskWork } from '../alerts-context.ts';
import { compareAndSetTasks } from './compare-and-set-tasks.ts';
import { loadTaskStates } from './load-task-states.ts';
import { type PublishOutboxesDeps, taskRecords } from './publish-outboxes.ts';

const maxRounds = 8;

/**
 * Takes what was published, tasks and audit records alike, out of the outboxes. A lost compare-and-set means that
 * another process works on the customer too and may have published a newer version before ours: then the newest stored version is published once more, so
 * that the last record of each task on the compacted topic is the stored one.
 */
export function createClearOutboxes(
  store: StateStore,
  publishing: PublishOutboxesDeps,
): (work: TaskWork) => Promise<void> {
  return async function clearOutboxes({ partition, customers }) {
    let pending: readonly CustomerWork[] = [...customers.values()].filter((work) => owes(work.published));
    const onTopic = new Map(pending.map((work) => [work, work.published.outbox]));
    for (let round = 0; pending.length > 0; round++) {
      if (round === maxRounds) throw conflict(partition, pending.length);
      const losers = await compareAndSetTasks(
        store,
        pending.map((work) => ({ work, state: clearOutbox(work.stored, work.published) })),
      );
      pending = [...losers];
      await loadTaskStates(store, pending);
      await publishOvertaken(publishing, pending, { onTopic, partition });
    }
  };
}

interface Published {
  readonly onTopic: Map<CustomerWork, readonly RetentionTask[]>;
  readonly partition: number;
}

/** What is published here stays in its outbox: the process that put it there has yet to index it. */
async function publishOvertaken(
  deps: PublishOutboxesDeps,
  works: readonly CustomerWork[],
  { onTopic, partition }: Published,
): Promise<void> {
  const records = works.flatMap((work) => {
    const published = onTopic.get(work) ?? [];
    const overtaken = overtakenTasks(work.stored, published);
    onTopic.set(work, [...published, ...overtaken]);
    return overtaken.flatMap((task) => taskRecords(deps, task, partition));
  });
  if (records.length > 0) await deps.sink.publish(records);
}

function conflict(partition: number, customers: number): EngineError {
  const message = `Another process keeps changing the tasks of ${customers} customers of partition ${partition}; it is tried again.`;
  return new EngineError('ERR_STATE_CONFLICT', message, { retryable: true, context: { partition, customers } });
}
