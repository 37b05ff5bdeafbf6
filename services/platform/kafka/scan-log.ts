import { randomUUID } from 'node:crypto';
import type { Admin } from 'kafkajs';
import { EngineError } from '../../core/errors.ts';
import type { LogChunk, PartitionLease, RawRecord } from '../../core/ports/log.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { KafkaClient } from './kafka-client.ts';
import { toEngineError } from './kafka-errors.ts';
import { createKafkaSource } from './kafka-source.ts';

export interface ScanLogOptions {
  readonly client: KafkaClient;
  readonly topic: string;
  readonly logger: Logger;
  /** First offset to read of each partition; of those not named, the oldest. */
  readonly from?: ReadonlyMap<number, number>;
  /** Read only so many records of each partition. */
  readonly firstPerPartition?: number;
  /** Gives up when nothing was read for so long. */
  readonly timeoutMs?: DurationMs;
}

/** Consecutive records of a partition. The next ones of that partition wait until the promise is kept. */
export type TakeRecords = (records: readonly RawRecord[], partition: number) => void | Promise<void>;

interface Range {
  readonly from: number;
  /** First offset not to be read. */
  readonly until: number;
}

const readGroup = 'tidewatch.read-';
const defaultTimeoutMs = 60_000;
const chunkRecords = 500;
const fetchBytes = 256 * 1024;

/**
 * Reads a topic to its present end, piece by piece, under a group that is thrown away; in order per partition.
 * @returns for each partition the first offset that was not looked at: where a later scan goes on
 */
export async function scanLog(options: ScanLogOptions, take: TakeRecords): Promise<ReadonlyMap<number, number>> {
  const { client, topic } = options;
  const admin = client.admin();
  const groupId = `${readGroup}${randomUUID()}`;
  try {
    await admin.connect();
    const ranges = await findRanges(admin, options);
    const open = new Map([...ranges].filter(([, { from, until }]) => until > from));
    if (open.size > 0) {
      await readRanges(options, groupId, open, take);
      // A broker that still sees the member for a moment refuses; empty groups without offsets go by themselves.
      await admin.deleteGroups([groupId]).catch(() => undefined);
    }
    return new Map([...ranges].map(([partition, { from, until }]) => [partition, Math.max(from, until)]));
  } catch (error) {
    throw toEngineError(error, `reading ${topic}`, { topics: [topic], group: `${readGroup}*` });
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

async function findRanges(admin: Admin, options: ScanLogOptions): Promise<Map<number, Range>> {
  const { topic, from, firstPerPartition = Number.POSITIVE_INFINITY } = options;
  const offsets = await admin.fetchTopicOffsets(topic);
  return new Map(
    offsets.map(({ partition, low, high }) => {
      const first = Math.max(Number(low), from?.get(partition) ?? 0);
      return [partition, { from: first, until: Math.min(Number(high), first + firstPerPartition) }];
    }),
  );
}

async function readRanges(
  options: ScanLogOptions,
  groupId: string,
  ranges: ReadonlyMap<number, Range>,
  take: TakeRecords,
): Promise<void> {
  const { client, topic, logger, timeoutMs = defaultTimeoutMs } = options;
  const { promise, resolve, reject }: PromiseWithResolvers<void> = Promise.withResolvers();
  const timeout = setTimeout(() => reject(timeoutError(topic, timeoutMs)), timeoutMs);
  const quiet = logger.child({}, { level: 'warn' });
  const sizes = { maxChunkRecords: chunkRecords, maxBytesPerPartition: fetchBytes, fetchWaitMs: 100 };
  const source = createKafkaSource({ client, topic, groupId, logger: quiet, ...sizes });
  source.onFatal(reject);
  const handle = createRangeReader(ranges, take, resolve);
  try {
    await source.start(async (chunk, lease) => {
      timeout.refresh();
      // Whoever takes the records has failed: reading them again would not help, so the source is not told.
      await handle(chunk, lease).catch(reject);
    });
    await promise;
  } finally {
    clearTimeout(timeout);
    await source.stop();
  }
}

/** Hands on what lies in the ranges; calls `done` once each of them was read to its end. */
function createRangeReader(ranges: ReadonlyMap<number, Range>, take: TakeRecords, done: () => void) {
  const open = new Map(ranges);
  return async ({ partition, records }: LogChunk, lease: PartitionLease): Promise<void> => {
    const range = open.get(partition);
    if (range === undefined) return;
    const last = records[records.length - 1].offset;
    if (last < range.from - 1) {
      lease.seek(range.from);
      return;
    }
    const wanted = records.filter(({ offset }) => offset >= range.from && offset < range.until);
    if (wanted.length > 0) await take(wanted, partition);
    if (last >= range.until - 1) open.delete(partition);
    if (open.size === 0) done();
  };
}

function timeoutError(topic: string, timeoutMs: DurationMs): EngineError {
  return new EngineError(
    'ERR_LOG_UNAVAILABLE',
    `Reading ${topic} brought nothing for ${timeoutMs / 1000} s; try again.`,
    {
      retryable: true,
      context: { topic },
    },
  );
}
