import { EngineError } from '../../core/errors.ts';
import type { TaskArm, TaskIndexEntry, TaskPlace } from '../../core/ports/task-index.ts';
import type { TaskStatus } from '../../core/tasks/retention-task.ts';
import type { EpochMs } from '../../core/units.ts';

/*
 * One sorted set per tenant holds every list by priority and every queue: members begin with the name of their list, so a
 * list is a range of them, and its part before a time or after a key is one too.
 *
 *   p|<arm>|<status or all>|<rank key>:<surrogate>
 *   q|<queue>|<rank key>:<surrogate>              waits in the queue
 *   d|<queue>|<respondBy>:<task id>:<surrogate>   the same, by when the first answer is due
 */

/** Name of the list of an arm and status by priority. */
export function priorityList(arm: TaskArm, status: TaskStatus | null): string {
  return `p|${arm}|${status ?? 'all'}|`;
}

export function queueList(queue: string): string {
  return `q|${encodeURIComponent(queue)}|`;
}

export function dueList(queue: string): string {
  return `d|${encodeURIComponent(queue)}|`;
}

/** A time as members have it. */
export function sortableTime(time: EpochMs): string {
  return String(time).padStart(16, '0');
}

/** Every member of a task in the set of ranks. */
export function ranksOf({ arm, status, rankKey, surrogate, queue, respondBy, taskId }: TaskIndexEntry): string[] {
  const rank = `${rankKey}:${surrogate}`;
  const ranks = [priorityList(arm, null) + rank, priorityList(arm, status) + rank];
  if (queue === null) return ranks;
  ranks.push(queueList(queue) + rank);
  if (respondBy !== null) ranks.push(`${dueList(queue)}${sortableTime(respondBy)}:${taskId}:${surrogate}`);
  return ranks;
}

/** What a member of a list by priority, of a queue or of those due says. */
export function placeOfRank(member: string): TaskPlace {
  const found = /\|((?:[0-9a-f]{16}:)?\d{16}:([0-9a-f]{32})):([0-9a-f]{32})$/.exec(member);
  if (found !== null) return { orderKey: found[1], taskId: found[2], surrogate: found[3] };
  const message = 'the task index holds a rank of another form; another program writes under this key prefix';
  throw new EngineError('ERR_STATE_CORRUPT', message, { retryable: false });
}
