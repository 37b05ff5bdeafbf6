import type { CustomerKey, StateStore } from '../../core/ports/state-store.ts';
import { decodeTaskState } from '../../core/tasks/decode-task-state.ts';
import { emptyTaskState, type TaskState } from '../../core/tasks/task-state.ts';

/** What is stored of one customer now. */
export async function readTaskState(store: StateStore, key: CustomerKey): Promise<TaskState> {
  const [stored] = await store.load([key]);
  return stored === null ? emptyTaskState() : decodeTaskState(stored.bytes);
}
