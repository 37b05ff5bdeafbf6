import { randomUUID } from 'node:crypto';
import type { Admin } from 'kafkajs';
import { EngineError } from '../../core/errors.ts';
import type { RawRecord } from '../../core/ports/log.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { KafkaClient } from './kafka-client.ts';
import { toEngineError } from './kafka-errors.ts';
import { createKafkaSource } from './kafka-source.ts';

export interface ReadLogOptions {
  readonly client: KafkaClient;
  readonly topic: string;
  readonly logger: Logger;
  /** Read only so many records of each partition. */
  readonly firstPerPartition?: number;
  readonly timeoutMs?: DurationMs;
}

export interface PartitionRecord extends RawRecord {
  readonly partition: number;
}

const defaultTimeoutMs = 60_000;
const readGroup = 'tidewatch.read-';

/** Reads a topic from its beginning to its present end, under a group that is thrown away; in order per partition. */
export async function readLog(options: ReadLogOptions): Promise<PartitionRecord[]> {
  const { client, topic } = options;
  const admin = client.admin();
  try {
    await admin.connect();
    const wanted = await lastWantedOffsets(admin, options);
    if (wanted.size === 0) return [];
    const groupId = `${readGroup}${randomUUID()}`;
    const records = await readUntil(options, groupId, wanted);
    // A broker that still sees the member for a moment refuses; empty groups without offsets go by themselves.
    await admin.deleteGroups([groupId]).catch(() => undefined);
    return records;
  } catch (error) {
    throw toEngineError(error, `reading ${topic}`, { topics: [topic], group: `${readGroup}*` });
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/** The last offset to read of each partition that has records. */
async function lastWantedOffsets(
  admin: Admin,
  { topic, firstPerPartition = Number.POSITIVE_INFINITY }: ReadLogOptions,
): Promise<Map<number, number>> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return new Map(
    offsets
      .filter(({ low, high }) => Number(high) > Number(low))
      .map(({ partition, low, high }) => [partition, Math.min(Number(high), Number(low) + firstPerPartition) - 1]),
  );
}

async function readUntil(
  options: ReadLogOptions,
  groupId: string,
  wanted: ReadonlyMap<number, number>,
): Promise<PartitionRecord[]> {
  const { client, topic, logger, timeoutMs = defaultTimeoutMs } = options;
  const records: PartitionRecord[] = [];
  const open = new Map(wanted);
  const { promise, resolve, reject }: PromiseWithResolvers<void> = Promise.withResolvers();
  const timeout = setTimeout(() => reject(timeoutError(topic, timeoutMs)), timeoutMs);
  const quiet = logger.child({}, { level: 'warn' });
  const source = createKafkaSource({ client, topic, groupId, logger: quiet, fetchWaitMs: 100 });
  source.onFatal(reject);
  try {
    await source.start((chunk) => {
      const last = open.get(chunk.partition);
      for (const record of chunk.records) {
        if (last !== undefined && record.offset <= last) records.push({ ...record, partition: chunk.partition });
      }
      if (last !== undefined && chunk.records[chunk.records.length - 1].offset >= last) open.delete(chunk.partition);
      if (open.size === 0) resolve();
      return Promise.resolve();
    });
    await promise;
  } finally {
    clearTimeout(timeout);
    await source.stop();
  }
  return records;
}

function timeoutError(topic: string, timeoutMs: DurationMs): EngineError {
  return new EngineError('ERR_LOG_UNAVAILABLE', `Reading ${topic} took longer than ${timeoutMs / 1000} s; try again.`, {
    retryable: true,
    context: { topic },
  });
}
