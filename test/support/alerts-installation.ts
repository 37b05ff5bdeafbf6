import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { EngineError } from '../../services/core/errors.ts';
import type { DeadLetterRecord } from '../../services/core/events/dead-letter.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import type { OutgoingRecord } from '../../services/core/ports/log.ts';
import type { RecordCodec } from '../../services/core/ports/record-codec.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import { createSchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../services/platform/kafka/kafka-sink.ts';
import { readLog } from '../../services/platform/kafka/read-log.ts';
import { deleteTopics } from '../../services/platform/provisioning/delete-topics.ts';
import { ensureProvisioned } from '../../services/platform/provisioning/ensure-provisioned.ts';
import { newInstallation } from '../../services/platform/runtime/new-installation.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { eventually } from './eventually.ts';
import { openRedis } from './open-redis.ts';
import { startService } from './service-process.ts';
import { stackAddresses } from './stack-addresses.ts';
import { testPrefix } from './test-prefix.ts';

const partitions = 3;

/** Topics, keys and tokens of their own, on which alerts can be started as a process. */
export async function provisionAlerts() {
  const prefix = testPrefix();
  const topics = topicsWithPrefix(prefix);
  const logger = createLogger({ name: 'test', level: 'silent' });
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-test-'));
  const installationFile = join(dir, 'installation.json');
  const { file: installation, token } = newInstallation({});
  await writeFile(installationFile, JSON.stringify(installation));
  const brokers = stackAddresses.kafka.split(',');
  const client = createKafkaClient({ brokers, clientId: 'test', logger });
  const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger });
  const config = {
    KAFKA_BROKERS: brokers,
    SCHEMA_REGISTRY_URL: stackAddresses.schemaRegistry,
    TIDEWATCH_TOPIC_PREFIX: prefix,
    TIDEWATCH_PARTITIONS: partitions,
    TIDEWATCH_START_TIMEOUT_MS: 60_000,
  };
  await ensureProvisioned({ config, client, registry, logger });
  const scores = await registry.codec<Score>(topics.scores, 'score');
  const tasks = await registry.codec<RetentionTask>(topics.tasks, 'retention-task');
  const deadLetters = await registry.codec<DeadLetterRecord>(topics.eventsDeadLetter, 'dead-letter');
  const sink = createKafkaSink({ client });
  const admin = client.admin();
  await admin.connect();

  async function read<T>(topic: string, codec: RecordCodec<T>, mayBeUnreadable = false) {
    const records = await readLog({ client, topic, logger });
    const values = await codec.decode(records.map(({ value }) => value));
    return values.flatMap((value, i) => {
      if (!(value instanceof EngineError)) return [{ record: records[i], value }];
      if (mayBeUnreadable) return [];
      throw value;
    });
  }

  return {
    token,
    installationFile,
    topics,
    /** Files of this installation alone, removed with it. */
    dir,
    prefix,
    tenant: installation.tenants[0],
    start: (extra: Readonly<Record<string, string>> = {}) =>
      startService('alerts', {
        KAFKA_BROKERS: stackAddresses.kafka,
        SCHEMA_REGISTRY_URL: stackAddresses.schemaRegistry,
        REDIS_URL: stackAddresses.redis,
        TIDEWATCH_TOPIC_PREFIX: prefix,
        TIDEWATCH_GROUP_PREFIX: prefix,
        TIDEWATCH_KEY_PREFIX: prefix,
        TIDEWATCH_INSTALLATION_FILE: installationFile,
        TIDEWATCH_SESSION_TIMEOUT_MS: '6000',
        TIDEWATCH_ALERTS_PORT: '0',
        TIDEWATCH_LOG_LEVEL: 'warn',
        ...extra,
      }),
    publishRecords: (records: readonly OutgoingRecord[]) => sink.publish(records),
    publish: (each: readonly Score[]) =>
      sink.publish(each.map((score) => ({ topic: topics.scores, key: score.surrogate, value: scores.encode(score) }))),
    publishTasks: (each: readonly RetentionTask[]) =>
      sink.publish(each.map((task) => ({ topic: topics.tasks, key: task.taskId, value: tasks.encode(task) }))),
    scoreRecord: (score: Score) => scores.encode(score),
    /** Records on the tasks topic, asked for quickly. */
    async countTasks(): Promise<number> {
      const ends = await admin.fetchTopicOffsets(topics.tasks);
      return ends.reduce((sum, { high }) => sum + Number(high), 0);
    },
    /** Scores that the group of alerts has not committed yet. */
    async lag(): Promise<number> {
      const ends = await admin.fetchTopicOffsets(topics.scores);
      const [group] = await admin.fetchOffsets({ groupId: `${prefix}tidewatch.alerts`, topics: [topics.scores] });
      const done = group.partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
      return ends.reduce((sum, { high }) => sum + Number(high), 0) - done;
    },
    readTasks: () => read(topics.tasks, tasks),
    readDeadLetters: () => read(topics.eventsDeadLetter, deadLetters),
    readScores: () => read(topics.scores, scores, true),
    /** Waits until the group of alerts has committed the end of every partition. */
    done: () =>
      eventually(
        async () => {
          const ends = await admin.fetchTopicOffsets(topics.scores);
          const groupId = `${prefix}tidewatch.alerts`;
          const [group] = await admin.fetchOffsets({ groupId, topics: [topics.scores] });
          const committed = new Map(group.partitions.map(({ partition, offset }) => [partition, offset]));
          for (const { partition, high } of ends) {
            if (high !== '0') expect(committed.get(partition), `partition ${partition}`).toBe(high);
          }
        },
        { timeoutMs: 90_000 },
      ),
    async remove() {
      await sink.stop();
      await admin.disconnect();
      await deleteTopics(client, prefix);
      const { redis, remove } = await openRedis(prefix);
      await remove();
      await redis.close();
      await rm(dir, { recursive: true });
    },
  };
}
