import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';

/** Snapshots as a reader of the tasks topic keeps them: the highest version of each task. */
export function newestVersions(snapshots: readonly RetentionTask[]): ReadonlyMap<string, RetentionTask> {
  const newest = new Map<string, RetentionTask>();
  for (const task of snapshots) {
    if (task.version >= (newest.get(task.taskId)?.version ?? 0)) newest.set(task.taskId, task);
  }
  return newest;
}

/** The tasks such a reader takes for open. */
export function openTasksOf(snapshots: readonly RetentionTask[]): RetentionTask[] {
  return [...newestVersions(snapshots).values()].filter((task) => task.status === 'open');
}
