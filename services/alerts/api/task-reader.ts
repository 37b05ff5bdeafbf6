import type { StateStore } from '../../core/ports/state-store.ts';
import type { TaskIndex, TaskPlace } from '../../core/ports/task-index.ts';
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
  /** Newest first. A page may hold fewer tasks than asked for although `next` names more. */
  list(tenant: string, query: TaskQuery): Promise<TaskPage>;
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
    async list(tenant, query) {
      const { status, owner, limit } = query;
      const matches: { task: RetentionTask; orderKey: string }[] = [];
      let after = query.after;
      for (let lookedAt = 0; matches.length <= limit && lookedAt < maxLookedAt;) {
        const places = await index.list({ tenant, status, after, limit: limit + 1 });
        const tasks = await readTasks(tenant, places);
        for (const [i, task] of tasks.entries()) {
          if (task !== null && isWanted(task, status, owner)) matches.push({ task, orderKey: places[i].orderKey });
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

function isWanted(task: RetentionTask, status: string | null, owner: string | null): boolean {
  return (status === null || task.status === status) && (owner === null || task.owner === owner);
}

function toPage(matches: readonly { task: RetentionTask; orderKey: string }[], limit: number, after: string | null) {
  const page = matches.slice(0, limit);
  return {
    tasks: page.map(({ task }) => task),
    next: matches.length > limit ? page[page.length - 1].orderKey : after,
  };
}
