import type { TaskIndex, TaskIndexEntry } from '../../core/ports/task-index.ts';
import { taskStatuses } from '../../core/tasks/task-status.ts';
import type { TaskStatus } from '../../core/tasks/retention-task.ts';

/** The task index in this process: for tests, simulation and the embedded mode. */
export function createMemoryTaskIndex(): TaskIndex {
  const tenants = new Map<string, Map<string, TaskIndexEntry>>();
  const tasksOf = (tenant: string): ReadonlyMap<string, TaskIndexEntry> => tenants.get(tenant) ?? new Map();

  return {
    put(entries) {
      for (const entry of entries) {
        const tasks = tenants.get(entry.tenant) ?? new Map<string, TaskIndexEntry>();
        tenants.set(entry.tenant, tasks);
        if (entry.version >= (tasks.get(entry.taskId)?.version ?? 0)) tasks.set(entry.taskId, entry);
      }
      return Promise.resolve();
    },
    remove(tenant, taskIds) {
      for (const taskId of taskIds) tenants.get(tenant)?.delete(taskId);
      return Promise.resolve();
    },
    list({ tenant, status, after, limit }) {
      const places = [...tasksOf(tenant).values()]
        .filter((entry) => status === null || entry.status === status)
        .filter((entry) => after === null || entry.orderKey < after)
        .sort((a, b) => (a.orderKey < b.orderKey ? 1 : -1))
        .slice(0, limit);
      return Promise.resolve(places.map(toPlace));
    },
    find(tenant, taskId) {
      const entry = tasksOf(tenant).get(taskId);
      return Promise.resolve(entry === undefined ? null : toPlace(entry));
    },
    count(wanted) {
      const counts = Object.fromEntries(taskStatuses.map((status) => [status, 0])) as Record<TaskStatus, number>;
      for (const tenant of new Set(wanted)) for (const entry of tasksOf(tenant).values()) counts[entry.status] += 1;
      return Promise.resolve(counts);
    },
  };
}

function toPlace({ taskId, surrogate, orderKey }: TaskIndexEntry) {
  return { taskId, surrogate, orderKey };
}
