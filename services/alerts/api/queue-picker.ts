import type { Clock } from '../../core/ports/clock.ts';
import type { TaskIndex, TaskPlace } from '../../core/ports/task-index.ts';
import { fillQueue } from '../../core/queues/fill-queue.ts';
import type { RetentionTask } from '../../core/tasks/retention-task.ts';
import type { EpochMs } from '../../core/units.ts';
import type { TaskReader } from './task-reader.ts';

export interface QueuePicker {
  /** The tasks of a queue that are to be taken next, the most urgent first; a few of many. */
  next(tenant: string, queue: string): Promise<readonly RetentionTask[]>;
}

const pageSize = 50;
/** Tasks looked at at most: those that wait for something may be many. */
const maxLookedAt = 1_000;

/** Reads what a queue offers: first what is overdue, then by priority. */
export function createQueuePicker({
  reader,
  index,
  clock,
}: {
  readonly reader: Pick<TaskReader, 'read'>;
  readonly index: TaskIndex;
  readonly clock: Clock;
}): QueuePicker {
  async function readTasks(tenant: string, places: readonly TaskPlace[]): Promise<RetentionTask[]> {
    return (await reader.read(tenant, places)).filter((task) => task !== null);
  }

  return {
    async next(tenant, queue) {
      const now = clock.now();
      const isOffered = (task: RetentionTask): boolean => task.queue === queue && isActionable(task, now);
      const overdue = await readTasks(tenant, await index.overdue({ tenant, queue, now, limit: pageSize }));
      const found = overdue.filter(isOffered);
      for (let after: string | null = null, lookedAt = 0; lookedAt < maxLookedAt; lookedAt += pageSize) {
        const places: readonly TaskPlace[] = await index.waiting({ tenant, queue, after, limit: pageSize });
        found.push(...(await readTasks(tenant, places)).filter(isOffered));
        if (found.length > 0 || places.length < pageSize) break;
        after = places[places.length - 1].orderKey;
      }
      return byUrgency(found, now);
    },
  };
}

function byUrgency(tasks: readonly RetentionTask[], now: EpochMs): RetentionTask[] {
  const byId = new Map(tasks.map((task) => [task.taskId, task]));
  const candidates = [...byId.values()].map(({ taskId, priority, respondBy }) => {
    return { taskId, priority, isDue: respondBy !== null && respondBy < now };
  });
  return fillQueue(candidates, null).kept.flatMap((taskId) => byId.get(taskId) ?? []);
}

/** Whether whoever asks can do something with it now: nobody was given it, and its playbook has come to a step of a person. */
function isActionable({ status, arm, step, snoozedUntil, owner, queue }: RetentionTask, now: EpochMs): boolean {
  if (status !== 'open' || owner !== queue || arm !== 'treated' || (snoozedUntil ?? 0) > now) return false;
  return step === null || step.kind === 'task' || step.kind === 'follow-up';
}
