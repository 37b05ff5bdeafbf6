import type { RetentionTask } from './retention-task.ts';
import type { TaskState } from './task-state.ts';

/** A task of a customer by its id; null where the state has no such task, or has it no more. */
export function findTask({ triggers }: Pick<TaskState, 'triggers'>, taskId: string): RetentionTask | null {
  return triggers.flatMap((each) => each.tasks).find((task) => task.taskId === taskId) ?? null;
}
