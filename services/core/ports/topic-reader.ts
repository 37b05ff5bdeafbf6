import type { RawRecord } from './log.ts';

/** The offsets that a partition holds: `low` included, `high` not. */
export interface PartitionRange {
  readonly partition: number;
  readonly low: number;
  readonly high: number;
}

/** Reads one topic at any place, apart from every group: nothing is committed. */
export interface TopicReader {
  /** One entry per partition, ascending. */
  ranges(): Promise<readonly PartitionRange[]>;
  /**
   * Consecutive records from an offset on, as many as one fetch brings (about 1 MiB, at least one); none where nothing
   * is left at or after it.
   */
  read(partition: number, offset: number): Promise<readonly RawRecord[]>;
  stop(): Promise<void>;
}
