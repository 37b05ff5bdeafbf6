import type { RetentionTask } from './retention-task.ts';
import type { TaskState } from './task-state.ts';

/**
 * Tasks of `state` with a newer version than the one just published: another process decided on, and may have published,
 * that newer version before ours reached the topic. On a compacted topic the last record of a key is the one that stays,
 * so these have to be published once more, after ours.
 */
export function overtakenTasks(state: TaskState, published: readonly RetentionTask[]): readonly RetentionTask[] {
  const newest = new Map<string, number>();
  for (const task of published) newest.set(task.taskId, Math.max(task.version, newest.get(task.taskId) ?? 0));
  return state.triggers
    .flatMap((each) => each.tasks)
    .filter((task) => task.version > (newest.get(task.taskId) ?? Infinity));
}
