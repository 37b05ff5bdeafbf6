import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { AuditRecord } from '../../services/core/audit/audit-record.ts';
import type { RetentionCommand } from '../../services/core/commands/retention-command.ts';
import { EngineError } from '../../services/core/errors.ts';
import { controlRecord } from '../../services/core/events/control-record.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { DeadLetterRecord } from '../../services/core/events/dead-letter.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import type { KpiFact } from '../../services/core/kpis/kpi-fact.ts';
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

const fewPartitions = 3;
const anEvent: CustomerRecord = {
  ...controlRecord({ kind: 'day-closed', controlId: '', at: 0, tenant: 'demo' }),
  kind: 'event',
  source: 'web-shop',
  channel: 'web',
};

export type AlertsInstallation = Awaited<ReturnType<typeof provisionAlerts>>;

/** Topics, keys and tokens of their own, on which alerts can be started as a process. */
export async function provisionAlerts(partitions = fewPartitions) {
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
  const commands = await registry.codec<RetentionCommand>(topics.commands, 'retention-command');
  const events = await registry.codec<CustomerRecord>(topics.events, 'customer-event');
  const audits = await registry.codec<AuditRecord>(topics.audit, 'audit-record');
  const kpiFacts = await registry.codec<KpiFact>(topics.kpiFacts, 'kpi-fact');
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

  /** Waits until the group of alerts has committed the end of every partition of a topic. */
  function doneWith(name: 'scores' | 'segments' | 'events' | 'commands'): Promise<void> {
    const topic = topics[name];
    return eventually(
      async () => {
        const ends = await admin.fetchTopicOffsets(topic);
        const [group] = await admin.fetchOffsets({ groupId: `${prefix}tidewatch.alerts`, topics: [topic] });
        const committed = new Map(group.partitions.map(({ partition, offset }) => [partition, offset]));
        for (const { partition, high } of ends) {
          if (high !== '0') expect(committed.get(partition), `partition ${partition}`).toBe(high);
        }
      },
      { timeoutMs: 90_000 },
    );
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
    /** Events, of one customer each where they do not say whose, written when they were received. */
    publishEvents: (
      each: readonly (Pick<CustomerRecord, 'eventId' | 'type' | 'receivedAt'> & Partial<CustomerRecord>)[],
    ) =>
      sink.publish(
        each.map((fields) => {
          const { surrogate = fields.receivedAt.toString(16).padStart(32, '0') } = fields;
          const occurredAt = fields.receivedAt;
          const event: CustomerRecord = { ...anEvent, occurredAt, ...fields, surrogate };
          return { topic: topics.events, key: surrogate, value: events.encode(event), timestamp: fields.receivedAt };
        }),
      ),
    taskRecord: (task: RetentionTask) => tasks.encode(task),
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
    /** Sets the group of alerts, whose processes have ended, back to the beginning of the scores topic. */
    readAgain: () =>
      eventually(
        () => admin.resetOffsets({ groupId: `${prefix}tidewatch.alerts`, topic: topics.scores, earliest: true }),
        {
          timeoutMs: 90_000,
        },
      ),
    readTasks: () => read(topics.tasks, tasks),
    readFacts: () => read(topics.kpiFacts, kpiFacts),
    /** Audit records, as often as they stand in the log. */
    readAudits: async () => (await read(topics.audit, audits)).map(({ value }) => value),
    readDeadLetters: () => read(topics.eventsDeadLetter, deadLetters),
    readCommands: () => read(topics.commands, commands, true),
    readScores: () => read(topics.scores, scores, true),
    /** Waits until the group of alerts has committed the end of every partition of the scores. */
    done: () => doneWith('scores'),
    doneWith,
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
