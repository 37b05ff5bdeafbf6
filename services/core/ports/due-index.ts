import type { EpochMs } from '../units.ts';
import type { CustomerKey } from './state-store.ts';

/** A customer with whom something happens at a time although nothing comes. */
export interface DueMark {
  readonly key: CustomerKey;
  readonly dueAt: EpochMs;
}

/**
 * Who is due when, one shard per partition of the scores. It may name a customer too early, or one with whom nothing
 * happens any more, but never too late and it lacks none: marks are set before the state that they belong to is written.
 * Faults are EngineError ERR_STORE_UNAVAILABLE (retryable).
 */
export interface DueIndex {
  /**
   * Makes each customer due at `dueAt` at the latest. A mark is always seen by `settle`: where an earlier one stands
   * already it is moved forward by a millisecond.
   */
  mark(shard: number, marks: readonly DueMark[]): Promise<void>;
  /** What is due until then, the earliest first, at most `limit`; `dueAt` as it stands in the index. */
  due(shard: number, until: EpochMs, limit: number): Promise<readonly DueMark[]>;
  /**
   * Moves entries that `due` gave to their next time, or takes them out (null). Those marked since stay as they are:
   * whoever marked them may know more.
   */
  settle(shard: number, settlements: readonly (DueMark & { readonly next: EpochMs | null })[]): Promise<void>;
  /** Customers in the shard. */
  size(shard: number): Promise<number>;
}
