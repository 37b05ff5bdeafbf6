import type { Digest } from '../../core/ports/digest.ts';
import type { TaskIndex } from '../../core/ports/task-index.ts';
import { taskIndexChanges } from '../../core/tasks/task-index-changes.ts';
import type { TaskWork } from '../alerts-context.ts';

/** Brings the index up to the outboxes, before they are cleared: so the index never lacks a task. */
export function createIndexTasks(index: TaskIndex, digest: Digest): (work: TaskWork) => Promise<void> {
  return async function indexTasks({ customers }) {
    const outbox = [...customers.values()].flatMap((work) => work.stored.outbox);
    const { put, forgotten } = taskIndexChanges(outbox, digest);
    if (put.length > 0) await index.put(put);
    for (const { tenant, taskId } of forgotten) await index.remove(tenant, [taskId]);
  };
}
