import type { RetentionTask } from './retention-task.ts';
import type { TaskState } from './task-state.ts';

/** What a state owes to the topics, or what of it was published. */
export type Outboxes = Pick<TaskState, 'outbox' | 'audits'>;

/** The state without what was published; what came in since stays. */
export function clearOutbox(state: TaskState, published: Outboxes): TaskState {
  const tasks = new Set(published.outbox.map(snapshotKey));
  const audits = new Set(published.audits.map(({ auditId }) => auditId));
  return {
    ...state,
    outbox: state.outbox.filter((task) => !tasks.has(snapshotKey(task))),
    audits: state.audits.filter(({ auditId }) => !audits.has(auditId)),
  };
}

/** Whether anything is owed. */
export function owes({ outbox, audits }: Outboxes): boolean {
  return outbox.length > 0 || audits.length > 0;
}

function snapshotKey(task: RetentionTask): string {
  return `${task.taskId}:${task.version}`;
}
