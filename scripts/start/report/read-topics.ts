import { randomBytes } from 'node:crypto';
import { EngineError } from '../../../services/core/errors.ts';
import type { LogChunk } from '../../../services/core/ports/log.ts';
import { createKafkaSource } from '../../../services/platform/kafka/kafka-source.ts';
import type { KafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import type { Logger } from '../../../services/platform/telemetry/logger.ts';
import { readLogEnds, type LogStart } from '../log-scope.ts';

export interface ReadTopicsOptions {
  readonly client: KafkaClient;
  readonly logger: Logger;
  readonly groupPrefix: string;
  readonly from: LogStart;
  /** Gets chunks of one partition in order, cut at `from`. */
  readonly take: (chunk: LogChunk) => Promise<void>;
}

const stalledMs = 60_000;

/** Reads the topics of `from` once, from there to their present ends, under a group that is deleted afterwards. */
export async function readTopics(options: ReadTopicsOptions): Promise<void> {
  const { client, from, logger } = options;
  const topics = [...from.keys()];
  const ends = await readLogEnds(client, topics);
  const remaining = createRemaining(from, ends);
  if (remaining.isEmpty()) return;
  const groupId = `${options.groupPrefix}report-${randomBytes(4).toString('hex')}`;
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  const source = createKafkaSource({ client, groupId, logger, topics });
  source.onFatal(reject);
  const watch = watchProgress(remaining, reject);
  try {
    await source.start(async (chunk) => {
      const first = from.get(chunk.topic)?.get(chunk.partition) ?? 0;
      const records = chunk.records.filter((record) => record.offset >= first);
      if (records.length > 0) await options.take({ ...chunk, records });
      remaining.passed(chunk);
      if (remaining.isEmpty()) resolve();
    });
    await done;
  } finally {
    clearInterval(watch);
    await source.stop();
    await deleteGroup(client, groupId);
  }
}

interface Remaining {
  passed(chunk: LogChunk): void;
  isEmpty(): boolean;
  chunks(): number;
}

/** Keeps which partitions have not been read to their end. */
function createRemaining(from: LogStart, ends: LogStart): Remaining {
  const open = new Map<string, number>();
  let chunks = 0;
  for (const [topic, partitions] of ends) {
    for (const [partition, end] of partitions) {
      if (end > (from.get(topic)?.get(partition) ?? 0)) open.set(`${topic}/${partition}`, end);
    }
  }
  return {
    passed: ({ topic, partition, records }) => {
      chunks += 1;
      const key = `${topic}/${partition}`;
      if (records[records.length - 1].offset + 1 >= (open.get(key) ?? Infinity)) open.delete(key);
    },
    isEmpty: () => open.size === 0,
    chunks: () => chunks,
  };
}

function watchProgress(remaining: Remaining, reject: (error: Error) => void): NodeJS.Timeout {
  let before = -1;
  return setInterval(() => {
    if (remaining.chunks() === before) {
      const message = `Reading the topics for the report brought nothing for ${stalledMs / 1000} s; is Kafka still there?`;
      reject(new EngineError('ERR_LOG_UNAVAILABLE', message, { retryable: true }));
    }
    before = remaining.chunks();
  }, stalledMs);
}

/** The group has served; a broker that still sees its member for a moment keeps it a little longer. */
async function deleteGroup(client: KafkaClient, groupId: string): Promise<void> {
  const admin = client.admin();
  await admin.connect();
  await admin.deleteGroups([groupId]).catch(() => undefined);
  await admin.disconnect();
}
