import type { RawRecord } from '../../core/ports/log.ts';

/** A record with the partition it stands on. */
export interface PlacedRecord extends RawRecord {
  readonly partition: number;
}

/** Everything on a topic up to its present end, or the first records of each partition; in order per partition. */
export type ReadLog = (topic: string, firstPerPartition?: number) => Promise<readonly PlacedRecord[]>;
