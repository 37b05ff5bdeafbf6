import type { EngineError } from '../core/errors.ts';
import type { LogChunk, PartitionLease, RawRecord } from '../core/ports/log.ts';
import type { CustomerKey } from '../core/ports/state-store.ts';
import type { Score } from '../core/scoring/score.ts';
import type { AppliedScore } from '../core/tasks/apply-score.ts';
import type { RetentionTask } from '../core/tasks/retention-task.ts';
import type { TaskState } from '../core/tasks/task-state.ts';

/** One score and what it did. */
export interface TakenScore {
  readonly score: Score;
  readonly applied: AppliedScore;
}

/** One customer of the chunk. */
export interface CustomerWork {
  readonly key: CustomerKey;
  /** Scores of this chunk, in the order of the log. */
  readonly scores: Score[];
  /** What the store holds, as far as we know. */
  storedVersion: number;
  stored: TaskState;
  /** What the chunk's scores make of it. */
  decided: TaskState;
  taken: readonly TakenScore[];
  /** Snapshots of this customer that were published for this chunk. */
  published: readonly RetentionTask[];
}

export interface UnreadableScore {
  readonly raw: RawRecord;
  readonly fault: EngineError;
}

/** The work on one chunk, handed from stage to stage. */
export interface AlertsContext {
  readonly chunk: LogChunk;
  readonly lease: PartitionLease;
  /** Connection of the store when the work began. */
  readonly connectionEpoch: number;
  readonly customers: Map<string, CustomerWork>;
  unreadable: readonly UnreadableScore[];
}
