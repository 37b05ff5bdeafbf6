import type { DurationMs, EpochMs } from '../units.ts';

/** A record as it stands on a partition: bytes, not yet decoded. */
export interface RawRecord {
  readonly offset: number;
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly timestamp: EpochMs;
  /** Trace that the record belongs to; absent for nearly all. */
  readonly traceparent?: string;
}

/** Consecutive records of one partition, in order. Never empty. */
export interface LogChunk {
  readonly topic: string;
  readonly partition: number;
  /**
   * Which log the records are of: a topic that was deleted and created again has another one, and offsets of the two
   * say nothing about each other. As it was after the records were fetched; null where it cannot be known.
   */
  readonly logId: string | null;
  readonly records: readonly RawRecord[];
  /** Offset one past the newest record of the partition when the chunk was fetched. */
  readonly highWatermark: number;
}

/**
 * The right to work on a partition, valid for the group generation that fetched the chunk. After a rebalance the lease
 * is not current any more: `commit` then refuses with ERR_LOG_FENCED, and the work is left to the new owner.
 */
export interface PartitionLease {
  isCurrent(): boolean;
  /** Tells the broker that we live; call between pieces of work longer than a second. */
  heartbeat(): Promise<void>;
  /** Commits `nextOffset` (the first offset not yet done). */
  commit(nextOffset: number): Promise<void>;
  /** Continues reading this partition at `offset` once the current chunk is done. */
  seek(offset: number): void;
}

export interface PartitionHealth {
  readonly topic: string;
  readonly partition: number;
  /** First offset not yet done. */
  readonly offset: number;
  /** Records still to be done; null while nobody can say, never a 0 that was not heard of lately. */
  readonly lag: number | null;
  /** Time since the offset last advanced or the lag was last zero. */
  readonly ageMs: DurationMs;
  /** Estimate of the time until the lag is zero; null while it is unknown or the lag does not shrink. */
  readonly catchUpSeconds: number | null;
}

/** A source of ordered records; one handler call at a time per partition, several partitions at once. */
export interface LogSource {
  /** Resolves once the source has joined and owns its partitions. */
  start(handle: (chunk: LogChunk, lease: PartitionLease) => Promise<void>): Promise<void>;
  /** Called with the partitions owned after each assignment, before any of their records is handled. */
  onAssigned(listener: (partitions: readonly number[]) => void): void;
  /** Called once when the source can never continue by itself; the process should end with exit code 1. */
  onFatal(listener: (error: Error) => void): void;
  health(): readonly PartitionHealth[];
  /** Goes back to `offset` on an owned partition that has nothing left to read; does nothing on any other. */
  rewindIdle(partition: number, offset: number): void;
  /** Finishes the chunks under way, commits, leaves the group. */
  stop(): Promise<void>;
}

export interface OutgoingRecord {
  readonly topic: string;
  readonly key: string | null;
  /** Null is a tombstone on a compacted topic. */
  readonly value: Buffer | null;
  /** Chosen by the key when absent. */
  readonly partition?: number;
  readonly timestamp?: EpochMs;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Writes records with acks from all replicas; sends are split by count and bytes, order per partition is kept. */
export interface LogSink {
  /** Resolves when every record is acknowledged; rejects with an EngineError otherwise (some may be written). */
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  stop(): Promise<void>;
}
