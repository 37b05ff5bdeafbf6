import type { LogSink, LogSource } from '../../services/core/ports/log.ts';
import { createKafkaClient, type KafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../services/platform/kafka/kafka-sink.ts';
import { createKafkaSource, type KafkaSourceOptions } from '../../services/platform/kafka/kafka-source.ts';
import { waitForLeaders } from '../../services/platform/kafka/wait-for-leaders.ts';
import { createLogger, type Logger } from '../../services/platform/telemetry/logger.ts';
import { stackAddresses } from './stack-addresses.ts';
import { testPrefix } from './test-prefix.ts';

/** Real Kafka with topics and groups of the test's own. */
export interface TestKafka {
  readonly client: KafkaClient;
  readonly admin: ReturnType<KafkaClient['admin']>;
  readonly logger: Logger;
  readonly prefix: string;
  createTopic(partitions: number, settings?: Readonly<Record<string, string>>): Promise<string>;
  groupId(): string;
  /** A source whose timeouts are short; stopped by `close`. */
  source(options: Omit<KafkaSourceOptions, 'client' | 'logger'>): LogSource;
  sink(): LogSink;
  /** Stops what was opened and deletes what was created. */
  close(): Promise<void>;
}

/** Short enough for tests; the broker takes no session timeout below six seconds. */
const quick = {
  sessionTimeoutMs: 6_000,
  heartbeatIntervalMs: 200,
  rebalanceTimeoutMs: 2_000,
  topicWaitMs: 500,
  fetchWaitMs: 50,
  maxRetryPauseMs: 200,
  watchIntervalMs: 300,
};

export async function openKafka(): Promise<TestKafka> {
  const prefix = testPrefix();
  const logger = createLogger({ name: 'test', level: process.env['TEST_LOG_LEVEL'] ?? 'silent' });
  const client = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
  const admin = client.admin();
  await admin.connect();
  const opened: { stop(): Promise<void> }[] = [];
  let made = 0;

  function keep<T extends { stop(): Promise<void> }>(part: T): T {
    opened.push(part);
    return part;
  }

  return {
    client,
    admin,
    logger,
    prefix,
    async createTopic(numPartitions, settings = {}) {
      const topic = `${prefix}topic-${made++}`;
      const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
      await admin.createTopics({ waitForLeaders: false, topics: [{ topic, numPartitions, configEntries }] });
      await waitForLeaders(admin, [topic]);
      return topic;
    },
    groupId: () => `${prefix}group-${made++}`,
    source: (options) => keep(createKafkaSource({ client, logger, ...quick, ...options })),
    sink: () => keep(createKafkaSink({ client })),
    async close() {
      await Promise.all(opened.map((part) => part.stop()));
      const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
      if (topics.length > 0) await admin.deleteTopics({ topics });
      await admin.disconnect();
    },
  };
}
