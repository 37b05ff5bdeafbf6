import type { TaskStatus } from './retention-task.ts';

/** Every status a task can have, in the order of its life. */
export const taskStatuses = ['open', 'claimed', 'responded', 'resolved', 'expired', 'retracted'] as const;

const known: ReadonlySet<string> = new Set<TaskStatus>(taskStatuses);
const final: ReadonlySet<TaskStatus> = new Set<TaskStatus>(['resolved', 'expired', 'retracted']);

/** Whether `name` is a status of a task. */
export function isTaskStatus(name: string): name is TaskStatus {
  return known.has(name);
}

/** Whether nothing is done with a task of this status any more. */
export function isFinal(status: TaskStatus): boolean {
  return final.has(status);
}
