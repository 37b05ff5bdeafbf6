import type { DeadLetterRecord } from '../core/events/dead-letter.ts';
import { topicsWithPrefix } from '../core/events/topics.ts';
import type { Score } from '../core/scoring/score.ts';
import type { RetentionTask } from '../core/tasks/retention-task.ts';
import { createSchemaRegistry } from '../platform/avro/schema-registry.ts';
import { createAesSealer } from '../platform/crypto/aes-sealer.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import { followTokens } from '../platform/http/follow-tokens.ts';
import { createHttpServer } from '../platform/http/http-server.ts';
import { listen } from '../platform/http/listen.ts';
import { createKafkaClient, type KafkaClient } from '../platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../platform/kafka/kafka-sink.ts';
import { createKafkaSource, type KafkaLogSource } from '../platform/kafka/kafka-source.ts';
import { ensureProvisioned } from '../platform/provisioning/ensure-provisioned.ts';
import { createRedis, type RedisConnection } from '../platform/redis/redis-client.ts';
import { createRedisStateStore } from '../platform/redis/redis-state-store.ts';
import { createRedisTaskIndex } from '../platform/redis/redis-task-index.ts';
import { readAndFollow } from '../platform/runtime/follow-installation.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import { createPipelineRunner } from '../platform/runtime/pipeline-runner.ts';
import type { ReadyReport } from '../platform/runtime/ready-report.ts';
import type { RunningService, ServiceContext } from '../platform/runtime/run-service.ts';
import { readConnections } from '../platform/runtime/read-connections.ts';
import { waitForDependency } from '../platform/runtime/start-dependencies.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import { createMetrics, type Metrics } from '../platform/telemetry/metrics.ts';
import { createAlertsMetrics } from './alerts-metrics.ts';
import { alertsApi } from './alerts-operations.ts';
import { createTaskReader } from './api/task-reader.ts';
import { addTaskRoutes } from './api/task-routes.ts';
import { buildDeliveries, type Deliveries } from './build-deliveries.ts';
import type { AlertsConfig } from './config.ts';
import { type AlertsDeps, createAlertsPipeline } from './pipeline.ts';
import { reportReadiness } from '../platform/runtime/report-readiness.ts';
import { addTaskGauge } from './task-gauge.ts';

interface AlertsParts {
  readonly source: KafkaLogSource;
  readonly redis: RedisConnection;
  readonly deps: AlertsDeps;
  readonly openDeliveries: () => Promise<Deliveries>;
}

/** Builds alerts from its configuration: the only place that knows which adapters it runs on. */
export async function buildAlerts(config: AlertsConfig, context: ServiceContext): Promise<RunningService> {
  context.useConfig(config);
  const { logger } = context;
  const read = await readAndFollow(config.TIDEWATCH_INSTALLATION_FILE);
  const metrics = createMetrics('alerts');
  const { source, redis, deps, openDeliveries } = await connect(config, context, {
    installation: read.installation,
    metrics,
  });
  const runner = createPipelineRunner({ source, pipeline: createAlertsPipeline(deps) });
  const deliveries = await openDeliveries();
  for (const part of [source, deliveries]) part.onFatal((error) => context.fail(error));
  const ready = (): ReadyReport =>
    reportReadiness({
      partitions: source.health(),
      problems: [...runner.problems(), ...deliveries.problems()],
      isStoreConnected: redis.client.status === 'ready',
      pulse: source.pulse(),
    });
  const server = createHttpServer({ logger, metrics, ready, api: alertsApi });
  const tokens = followTokens(read, { logger, metrics });
  addTaskRoutes(server, { reader: createTaskReader(deps.store, deps.index), authorize: tokens.authorize });
  deliveries.addRoutes(server, tokens.authorize);
  const { port, explicit } = config.TIDEWATCH_ALERTS_PORT;
  const url = await listen(server, { host: config.TIDEWATCH_HOST, port, explicit });
  await Promise.all([runner.start(), deliveries.start()]);
  return {
    url,
    ready,
    drain: async () => void (await Promise.all([runner.stop(), deliveries.stop()])),
    async stop() {
      await Promise.allSettled([runner.stop(), deliveries.stop(), server.close(), tokens.stop()]);
      await Promise.allSettled([deps.sink.stop(), redis.close()]);
    },
  };
}

async function connect(
  config: AlertsConfig,
  { logger, signal }: ServiceContext,
  { installation, metrics }: { installation: Installation; metrics: Metrics },
): Promise<AlertsParts> {
  const connections = readConnections(config);
  const redis = createRedis({ ...connections.redis, logger, name: 'tidewatch-alerts' });
  const client = createKafkaClient({ ...connections.kafka, clientId: 'tidewatch-alerts', logger });
  const registry = createSchemaRegistry({ ...connections.registry, logger });
  const wait = { timeoutMs: config.TIDEWATCH_START_TIMEOUT_MS, logger, signal };
  await waitForDependency('Redis', () => redis.check(), { ...wait, address: config.REDIS_URL, variable: 'REDIS_URL' });
  await ensureProvisioned({ config, client, registry, logger, signal });
  const topics = topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX);
  const keyPrefix = config.TIDEWATCH_KEY_PREFIX;
  const index = createRedisTaskIndex({ redis, keyPrefix });
  const tenants = installation.tenants.map(({ id }) => id);
  addTaskGauge(metrics, index, tenants);
  const source = scoresSource(config, client, { logger, metrics });
  const deps: AlertsDeps = {
    store: createRedisStateStore({ redis, keyPrefix, namespace: 'tasks' }),
    index,
    sink: createKafkaSink({ client }),
    digest: nodeDigest,
    clock: systemClock,
    telemetry: createAlertsMetrics({ metrics, clock: systemClock, logger }),
    codecs: {
      scores: await registry.codec<Score>(topics.scores, 'score'),
      tasks: await registry.codec<RetentionTask>(topics.tasks, 'retention-task'),
      deadLetters: await registry.codec<DeadLetterRecord>(topics.eventsDeadLetter, 'dead-letter'),
    },
    topics: { tasks: topics.tasks, deadLetters: topics.eventsDeadLetter },
    sealOriginal: sealerOf(installation),
  };
  const { store, sink } = deps;
  const shared = { client, registry, redis, sink, installation, logger, metrics, store, index };
  return { source, redis, deps, openDeliveries: () => buildDeliveries(config, shared) };
}

function scoresSource(
  config: AlertsConfig,
  client: KafkaClient,
  observers: { readonly logger: Logger; readonly metrics: Metrics },
): KafkaLogSource {
  return createKafkaSource({
    client,
    topic: topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX).scores,
    groupId: `${config.TIDEWATCH_GROUP_PREFIX}tidewatch.alerts`,
    sessionTimeoutMs: config.TIDEWATCH_SESSION_TIMEOUT_MS,
    whenOffsetLost: config.TIDEWATCH_WHEN_OFFSET_LOST,
    ...observers,
  });
}

/** An unreadable record belongs to no known tenant, so the key of the installation seals it. */
function sealerOf({ installationKey }: Installation): AlertsDeps['sealOriginal'] {
  const sealer = createAesSealer('installation', installationKey.reveal());
  return (bytes) => ({ keyId: sealer.keyId, sealed: sealer.seal(bytes, 'dead-letter') });
}
