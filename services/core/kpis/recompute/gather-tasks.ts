import type { RetentionTask } from '../../tasks/retention-task.ts';
import type { Surrogate } from '../../units.ts';
import { costOfTask } from '../../uplift/task-cost.ts';
import type { TaskStanding } from '../kpi-fact.ts';

/** The tasks of each customer, as the newest snapshot of each has them. */
export function gatherTasks(snapshots: readonly RetentionTask[]): ReadonlyMap<Surrogate, readonly TaskStanding[]> {
  const newest = new Map<string, RetentionTask>();
  for (const task of snapshots) {
    if (task.version > (newest.get(task.taskId)?.version ?? 0)) newest.set(task.taskId, task);
  }
  const tasks = new Map<Surrogate, TaskStanding[]>();
  for (const task of newest.values()) {
    tasks.set(task.surrogate, [...(tasks.get(task.surrogate) ?? []), toStanding(task)]);
  }
  return tasks;
}

function toStanding(task: RetentionTask): TaskStanding {
  const { contacts, respondedAt, measured } = task;
  const contactTimes = [...contacts.map(({ at }) => at), ...(respondedAt === null ? [] : [respondedAt])];
  return {
    ...task,
    staff: task.owner === task.queue ? null : task.owner,
    contactedAt: contactTimes.length === 0 ? null : Math.min(...contactTimes),
    contacts: contacts.length,
    costMinor: costOfTask(task),
    outcome: task.outcome?.result ?? null,
    measuredAt: measured?.until ?? null,
    purchases: measured?.purchases ?? 0,
    revenueMinor: measured?.revenueMinor ?? 0,
    churned: measured?.churned ?? false,
  };
}
