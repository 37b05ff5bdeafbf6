import type { TaskIndex, TaskIndexEntry, TaskPlace } from '../../core/ports/task-index.ts';
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
    list({ tenant, arm, status, order, after, limit }) {
      const found = [...tasksOf(tenant).values()].filter((entry) => {
        return entry.arm === arm && (status === null || entry.status === status);
      });
      const places = found.map((entry) => (order === 'newest' ? toPlace(entry) : toRankedPlace(entry)));
      return Promise.resolve(pageOf(places, after, limit));
    },
    ...queueReads(tasksOf),
    find(tenant, taskId) {
      const entry = tasksOf(tenant).get(taskId);
      return Promise.resolve(entry === undefined ? null : toPlace(entry));
    },
    count(wanted) {
      const counts = Object.fromEntries(taskStatuses.map((status) => [status, 0])) as Record<TaskStatus, number>;
      for (const tenant of new Set(wanted))
        for (const { status, arm } of tasksOf(tenant).values()) {
          if (arm === 'treated') counts[status] += 1;
        }
      return Promise.resolve(counts);
    },
  };
}

function toPlace({ taskId, surrogate, orderKey }: TaskIndexEntry) {
  return { taskId, surrogate, orderKey };
}

function toRankedPlace({ taskId, surrogate, rankKey }: TaskIndexEntry): TaskPlace {
  return { taskId, surrogate, orderKey: rankKey };
}

function toDuePlace({ taskId, surrogate, respondBy }: TaskIndexEntry): TaskPlace {
  return { taskId, surrogate, orderKey: `${String(respondBy).padStart(16, '0')}:${taskId}` };
}

function pageOf(places: readonly TaskPlace[], after: string | null, limit: number): TaskPlace[] {
  return places
    .filter(({ orderKey }) => after === null || orderKey < after)
    .sort((a, b) => (a.orderKey < b.orderKey ? 1 : -1))
    .slice(0, limit);
}

function overdueOf(tasks: ReadonlyMap<string, TaskIndexEntry>, queue: string, now: number): TaskIndexEntry[] {
  return [...tasks.values()].filter((entry) => {
    return entry.queue === queue && entry.respondBy !== null && entry.respondBy < now;
  });
}

function byDeadline(one: TaskIndexEntry, other: TaskIndexEntry): number {
  return (one.respondBy ?? 0) - (other.respondBy ?? 0) || (one.taskId < other.taskId ? -1 : 1);
}

/** What waits in queues. */
function queueReads(
  tasksOf: (tenant: string) => ReadonlyMap<string, TaskIndexEntry>,
): Pick<TaskIndex, 'waiting' | 'overdue' | 'countQueue'> {
  return {
    waiting({ tenant, queue, after, limit }) {
      const places = [...tasksOf(tenant).values()].filter((entry) => entry.queue === queue).map(toRankedPlace);
      return Promise.resolve(pageOf(places, after, limit));
    },
    overdue({ tenant, queue, now, limit }) {
      const found = overdueOf(tasksOf(tenant), queue, now).toSorted(byDeadline);
      return Promise.resolve(found.slice(0, limit).map(toDuePlace));
    },
    countQueue(tenant, queue, now) {
      const waiting = [...tasksOf(tenant).values()].filter((entry) => entry.queue === queue).length;
      return Promise.resolve({ waiting, overdue: overdueOf(tasksOf(tenant), queue, now).length });
    },
  };
}
