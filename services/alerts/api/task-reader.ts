import type { StateStore } from '../../core/ports/state-store.ts';
import type { TaskIndex, TaskIndexQuery, TaskPlace } from '../../core/ports/task-index.ts';
import { decodeTaskState } from '../../core/tasks/decode-task-state.ts';
import { findTask } from '../../core/tasks/find-task.ts';
import type { RetentionTask } from '../../core/tasks/retention-task.ts';
import type { TaskQuery } from './task-query.ts';

export interface TaskPage {
  readonly tasks: readonly RetentionTask[];
  /** Order key to go on after; null at the end of the list. */
  readonly next: string | null;
}

export interface TaskReader {
  /** In the order asked for. A page may hold fewer tasks than asked for although `next` names more. */
  list(tenant: string, query: TaskQuery): Promise<TaskPage>;
  /** One entry per place, in order; null where the state holds no such task any more. */
  read(tenant: string, places: readonly TaskPlace[]): Promise<readonly (RetentionTask | null)[]>;
  /** Null where the tenant has no such task, or has it no more. */
  get(tenant: string, taskId: string): Promise<RetentionTask | null>;
}

/** Places looked at per page at most, so that a filter that matches little cannot hold a request for long. */
const maxLookedAt = 2_000;

/** Reads tasks from the states; the index only says where to look. */
export function createTaskReader(store: StateStore, index: TaskIndex): TaskReader {
  async function readTasks(tenant: string, places: readonly TaskPlace[]): Promise<readonly (RetentionTask | null)[]> {
    if (places.length === 0) return [];
    const stored = await store.load(places.map(({ surrogate }) => ({ tenant, surrogate })));
    return places.map(({ taskId }, i) => {
      const found = stored[i];
      return found === null ? null : findTask(decodeTaskState(found.bytes), taskId);
    });
  }

  return {
    read: readTasks,
    async list(tenant, query) {
      const { limit } = query;
      const matches: { task: RetentionTask; orderKey: string }[] = [];
      let after = query.after;
      for (let lookedAt = 0; matches.length <= limit && lookedAt < maxLookedAt;) {
        const places = await placesOf(index, tenant, { ...query, after, limit: limit + 1 });
        const tasks = await readTasks(tenant, places);
        for (const [i, task] of tasks.entries()) {
          if (task !== null && isWanted(task, query)) matches.push({ task, orderKey: places[i].orderKey });
        }
        if (places.length <= limit) return toPage(matches, limit, null);
        after = places[places.length - 1].orderKey;
        lookedAt += places.length;
      }
      return toPage(matches, limit, after);
    },
    async get(tenant, taskId) {
      const place = await index.find(tenant, taskId);
      return place === null ? null : (await readTasks(tenant, [place]))[0];
    },
  };
}

/** What waits in a queue is found at once; of other filters only arm and status are known to the index. */
async function placesOf(index: TaskIndex, tenant: string, query: TaskQuery): Promise<readonly TaskPlace[]> {
  const { arm, status, queue, sort, after, limit } = query;
  const isQueue = queue !== null && status === 'open' && arm === 'treated' && sort === 'priority';
  if (isQueue) return index.waiting({ tenant, queue, after, limit });
  const wanted = { tenant, status, order: sort, after, limit };
  return arm === null ? ofBothArms(index, wanted) : index.list({ ...wanted, arm });
}

async function ofBothArms(index: TaskIndex, query: Omit<TaskIndexQuery, 'arm'>): Promise<readonly TaskPlace[]> {
  const arms = ['treated', 'holdout'] as const;
  const found = await Promise.all(arms.map((arm) => index.list({ ...query, arm })));
  return found
    .flat()
    .toSorted((one, other) => (one.orderKey < other.orderKey ? 1 : -1))
    .slice(0, query.limit);
}

function isWanted(task: RetentionTask, { arm, status, owner, queue }: TaskQuery): boolean {
  if ((arm !== null && task.arm !== arm) || (status !== null && task.status !== status)) return false;
  return (owner === null || task.owner === owner) && (queue === null || task.queue === queue);
}

function toPage(matches: readonly { task: RetentionTask; orderKey: string }[], limit: number, after: string | null) {
  const page = matches.slice(0, limit);
  return {
    tasks: page.map(({ task }) => task),
    next: matches.length > limit ? page[page.length - 1].orderKey : after,
  };
}
