import type { TaskStatus } from '../tasks/retention-task.ts';
import type { Surrogate } from '../units.ts';

/** Where the state of a task is found. */
export interface TaskPlace {
  readonly taskId: string;
  readonly surrogate: Surrogate;
  /** See `taskOrderKey`. */
  readonly orderKey: string;
}

export interface TaskIndexEntry extends TaskPlace {
  readonly tenant: string;
  readonly status: TaskStatus;
  readonly version: number;
}

export interface TaskIndexQuery {
  readonly tenant: string;
  /** Null lists every status. */
  readonly status: TaskStatus | null;
  /** Lists what comes after this order key; null begins with the newest. */
  readonly after: string | null;
  readonly limit: number;
}

/**
 * Finds tasks by tenant and status. It is written from the outbox of the task states before that is cleared, so it names
 * every task of the states, and at times one more: readers check against the state. Faults are EngineError
 * ERR_STORE_UNAVAILABLE (retryable).
 */
export interface TaskIndex {
  /** Puts each task under its status alone; a version below the one that stands there changes nothing. Safe to repeat. */
  put(entries: readonly TaskIndexEntry[]): Promise<void>;
  /** Takes tasks out; unknown ones are ignored. */
  remove(tenant: string, taskIds: readonly string[]): Promise<void>;
  /** Newest first, at most `limit`. */
  list(query: TaskIndexQuery): Promise<readonly TaskPlace[]>;
  /** Null where the tenant has no such task. */
  find(tenant: string, taskId: string): Promise<TaskPlace | null>;
  /** Tasks by status over the given tenants; every status is named. */
  count(tenants: readonly string[]): Promise<Readonly<Record<TaskStatus, number>>>;
}
