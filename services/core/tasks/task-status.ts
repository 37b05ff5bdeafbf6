import type { TaskStatus } from './retention-task.ts';

/** Every status a task can have, in the order of its life. */
export const taskStatuses = ['open', 'claimed', 'responded', 'resolved', 'expired', 'retracted'] as const;

const known: ReadonlySet<string> = new Set<TaskStatus>(taskStatuses);

/** Whether `name` is a status of a task. */
export function isTaskStatus(name: string): name is TaskStatus {
  return known.has(name);
}
