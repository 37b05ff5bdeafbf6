import type { AuditRecord } from '../core/audit/audit-record.ts';
import type { RetentionCommand } from '../core/commands/retention-command.ts';
import type { CustomerRecord } from '../core/events/customer-record.ts';
import type { DeadLetterRecord } from '../core/events/dead-letter.ts';
import { topicsWithPrefix, type Topics } from '../core/events/topics.ts';
import type { KpiFact } from '../core/kpis/kpi-fact.ts';
import type { Score } from '../core/scoring/score.ts';
import type { SegmentChanges } from '../core/segments/segment-changes.ts';
import type { RetentionTask } from '../core/tasks/retention-task.ts';
import { createSchemaRegistry, type SchemaRegistry } from '../platform/avro/schema-registry.ts';
import { createKafkaClient } from '../platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../platform/kafka/kafka-sink.ts';
import { ensureProvisioned } from '../platform/provisioning/ensure-provisioned.ts';
import { createRedis } from '../platform/redis/redis-client.ts';
import { createRedisStateStore } from '../platform/redis/redis-state-store.ts';
import { createRedisTaskIndex } from '../platform/redis/redis-task-index.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import { readConnections } from '../platform/runtime/read-connections.ts';
import type { ServiceContext } from '../platform/runtime/run-service.ts';
import { waitForDependency } from '../platform/runtime/start-dependencies.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import type { AlertsCodecs, AlertsShared } from './alerts-shared.ts';
import type { AlertsConfig } from './config.ts';

/** Connects to what alerts runs on and waits until it is there. */
export async function buildShared(
  config: AlertsConfig,
  { logger, signal }: ServiceContext,
  { installation, metrics }: { readonly installation: Installation; readonly metrics: Metrics },
): Promise<AlertsShared> {
  const connections = readConnections(config);
  const redis = createRedis({ ...connections.redis, logger, name: 'tidewatch-alerts' });
  const client = createKafkaClient({ ...connections.kafka, clientId: 'tidewatch-alerts', logger });
  const registry = createSchemaRegistry({ ...connections.registry, logger });
  const wait = { timeoutMs: config.TIDEWATCH_START_TIMEOUT_MS, logger, signal };
  await waitForDependency('Redis', () => redis.check(), { ...wait, address: config.REDIS_URL, variable: 'REDIS_URL' });
  await ensureProvisioned({ config, client, registry, logger, signal });
  const topics = topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX);
  const keyPrefix = config.TIDEWATCH_KEY_PREFIX;
  return {
    ...{ config, installation, client, registry, redis, logger, metrics, topics },
    sink: createKafkaSink({ client }),
    codecs: await codecsOf(registry, topics),
    store: createRedisStateStore({ redis, keyPrefix, namespace: 'tasks' }),
    index: createRedisTaskIndex({ redis, keyPrefix }),
  };
}

async function codecsOf(registry: SchemaRegistry, topics: Topics): Promise<AlertsCodecs> {
  return {
    scores: await registry.codec<Score>(topics.scores, 'score'),
    segments: await registry.codec<SegmentChanges>(topics.segments, 'segment-changes'),
    events: await registry.codec<CustomerRecord>(topics.events, 'customer-event'),
    commands: await registry.codec<RetentionCommand>(topics.commands, 'retention-command'),
    tasks: await registry.codec<RetentionTask>(topics.tasks, 'retention-task'),
    audits: await registry.codec<AuditRecord>(topics.audit, 'audit-record'),
    kpiFacts: await registry.codec<KpiFact>(topics.kpiFacts, 'kpi-fact'),
    deadLetters: await registry.codec<DeadLetterRecord>(topics.eventsDeadLetter, 'dead-letter'),
  };
}
