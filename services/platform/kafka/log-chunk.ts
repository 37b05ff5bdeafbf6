import type { Batch, KafkaMessage } from 'kafkajs';
import type { LogChunk, RawRecord } from '../../core/ports/log.ts';

export interface ChunkWishes {
  /** Index of the chunk's first record in the batch. */
  readonly from: number;
  readonly maxRecords: number;
  readonly logId: string | null;
}

/** At most `maxRecords` records of a fetched batch, in the engine's own form. */
export function cutChunk(batch: Batch, { from, maxRecords, logId }: ChunkWishes): LogChunk {
  const until = Math.min(batch.messages.length, from + maxRecords);
  const records: RawRecord[] = new Array<RawRecord>(until - from);
  for (let i = from; i < until; i++) records[i - from] = toRawRecord(batch.messages[i]);
  return {
    topic: batch.topic,
    partition: batch.partition,
    logId,
    records,
    highWatermark: Number(batch.highWatermark),
  };
}

/** A message of the client in the form of the engine. */
export function toRawRecord({ offset, key, value, timestamp, headers }: KafkaMessage): RawRecord {
  const record: RawRecord = {
    offset: Number(offset),
    key: key === null ? null : key.toString('utf8'),
    value,
    timestamp: Number(timestamp),
  };
  const traceparent = headers?.['traceparent'];
  return traceparent === undefined ? record : { ...record, traceparent: String(traceparent) };
}
