import type { RetentionTask } from './retention-task.ts';
import type { TaskState } from './task-state.ts';

function snapshotKey(task: RetentionTask): string {
  return `${task.taskId}:${task.version}`;
}

/** The state without the given snapshots in its outbox; snapshots that came in since stay. */
export function clearOutbox(state: TaskState, published: readonly RetentionTask[]): TaskState {
  const done = new Set(published.map(snapshotKey));
  return { ...state, outbox: state.outbox.filter((task) => !done.has(snapshotKey(task))) };
}
