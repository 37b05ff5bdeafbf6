import { keyPartition } from '../../core/events/key-partition.ts';
import type { OutgoingRecord, RawRecord } from '../../core/ports/log.ts';
import type { EpochMs } from '../../core/units.ts';

/** A record as it stands in the in-process log. */
export interface MemoryRecord extends RawRecord {
  readonly partition: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** The partitions of one topic. Records are only ever appended. */
export class MemoryTopic {
  readonly id: string;
  readonly partitions: MemoryRecord[][];
  #turn = 0;

  /** @param id another one for each topic that was ever made */
  constructor(id: string, partitions: number) {
    this.id = id;
    this.partitions = Array.from({ length: partitions }, () => []);
  }

  /** @param partitions how many there are from now on; never fewer than before */
  grow(partitions: number): void {
    while (this.partitions.length < partitions) this.partitions.push([]);
  }

  append(record: OutgoingRecord, now: EpochMs): void {
    const partition = record.partition ?? this.#choose(record.key);
    const log = this.partitions[partition];
    log.push({
      partition,
      offset: log.length,
      key: record.key,
      value: record.value,
      timestamp: record.timestamp ?? now,
      headers: record.headers ?? {},
    });
  }

  #choose(key: string | null): number {
    if (key === null) return this.#turn++ % this.partitions.length;
    return keyPartition(Buffer.from(key), this.partitions.length);
  }
}
