import type { Digest } from '../ports/digest.ts';
import type { TaskIndexEntry } from '../ports/task-index.ts';
import type { RetentionTask } from './retention-task.ts';
import { taskId } from './task-id.ts';
import { taskOrderKey } from './task-order.ts';
import { taskRankKey } from './task-rank-key.ts';
import { keptEpisodes } from './task-state.ts';

export interface TaskIndexChanges {
  readonly put: readonly TaskIndexEntry[];
  /** Tasks that their state does not hold any more. */
  readonly forgotten: readonly { readonly tenant: string; readonly taskId: string }[];
}

/**
 * What an outbox changes in the index. It depends on the outbox alone, so a redelivery that finds the outbox again
 * makes the same changes again.
 */
export function taskIndexChanges(outbox: readonly RetentionTask[], digest: Digest): TaskIndexChanges {
  const put = outbox.map((task) => ({
    tenant: task.tenant,
    taskId: task.taskId,
    surrogate: task.surrogate,
    orderKey: taskOrderKey(task),
    status: task.status,
    version: task.version,
    arm: task.arm,
    rankKey: taskRankKey(task),
    queue: isWaiting(task) ? task.queue : null,
    respondBy: task.respondBy,
  }));
  const forgotten = outbox
    .filter((task) => task.version === 1 && task.episode > keptEpisodes)
    .map(({ tenant, surrogate, trigger, episode }) => ({
      taskId: taskId(digest, { tenant, surrogate, trigger, episode: episode - keptEpisodes }),
      tenant,
    }));
  return { put, forgotten };
}

/** What somebody may still take. */
function isWaiting({ status, arm }: RetentionTask): boolean {
  return status === 'open' && arm === 'treated';
}
