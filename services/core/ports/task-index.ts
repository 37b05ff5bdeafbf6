import type { RetentionTask, TaskStatus } from '../tasks/retention-task.ts';
import type { EpochMs, Surrogate } from '../units.ts';

/** Where the state of a task is found. */
export interface TaskPlace {
  readonly taskId: string;
  readonly surrogate: Surrogate;
  /** Place in the list that it was found in: see `taskOrderKey`, and `taskRankKey` for lists by priority. */
  readonly orderKey: string;
}

export type TaskArm = RetentionTask['arm'];

export interface TaskIndexEntry extends TaskPlace {
  readonly tenant: string;
  readonly status: TaskStatus;
  readonly version: number;
  readonly arm: TaskArm;
  /** See `taskRankKey`. */
  readonly rankKey: string;
  /** The queue it waits in; null where it waits in none, being taken, ended or of the holdout. */
  readonly queue: string | null;
  readonly respondBy: EpochMs | null;
}

export interface TaskIndexQuery {
  readonly tenant: string;
  readonly arm: TaskArm;
  /** Null lists every status. */
  readonly status: TaskStatus | null;
  readonly order: 'newest' | 'priority';
  /** Lists what comes after this order key; null begins with the first. */
  readonly after: string | null;
  readonly limit: number;
}

export interface QueueQuery {
  readonly tenant: string;
  readonly queue: string;
  readonly after: string | null;
  readonly limit: number;
}

export interface QueueCounts {
  readonly waiting: number;
  /** Those of them whose first answer was due before now. */
  readonly overdue: number;
}

/**
 * Finds tasks by tenant, arm and status, and those that wait in a queue. It is written from the outbox of the task states
 * before that is cleared, so it names every task of the states, and at times one more: readers check against the state.
 * Faults are EngineError ERR_STORE_UNAVAILABLE (retryable).
 */
export interface TaskIndex {
  /** Puts each task under its status alone; a version below the one that stands there changes nothing. Safe to repeat. */
  put(entries: readonly TaskIndexEntry[]): Promise<void>;
  /** Takes tasks out; unknown ones are ignored. */
  remove(tenant: string, taskIds: readonly string[]): Promise<void>;
  /** The newest or the best first, at most `limit`. */
  list(query: TaskIndexQuery): Promise<readonly TaskPlace[]>;
  /** What waits in a queue, the best first, at most `limit`. */
  waiting(query: QueueQuery): Promise<readonly TaskPlace[]>;
  /** What waits in a queue and is overdue, the longest overdue first, at most `limit`; `orderKey` leads nowhere. */
  overdue(query: Omit<QueueQuery, 'after'> & { readonly now: EpochMs }): Promise<readonly TaskPlace[]>;
  countQueue(tenant: string, queue: string, now: EpochMs): Promise<QueueCounts>;
  /** Null where the tenant has no such task. */
  find(tenant: string, taskId: string): Promise<TaskPlace | null>;
  /** Tasks of treated customers by status over the given tenants; every status is named. */
  count(tenants: readonly string[]): Promise<Readonly<Record<TaskStatus, number>>>;
}
