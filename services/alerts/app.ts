import { randomBytes } from 'node:crypto';
import type { AuditRecord } from '../core/audit/audit-record.ts';
import type { RetentionCommand } from '../core/commands/retention-command.ts';
import type { CustomerRecord } from '../core/events/customer-record.ts';
import type { DeadLetterRecord } from '../core/events/dead-letter.ts';
import { topicsWithPrefix } from '../core/events/topics.ts';
import type { Score } from '../core/scoring/score.ts';
import type { SegmentChanges } from '../core/segments/segment-changes.ts';
import type { RetentionTask } from '../core/tasks/retention-task.ts';
import { createTaskReducer } from '../core/tasks/task-reducer.ts';
import { churnRiskTrigger } from '../core/tasks/task-trigger.ts';
import type { DurationMs } from '../core/units.ts';
import { createSchemaRegistry, type SchemaRegistry } from '../platform/avro/schema-registry.ts';
import { createAesSealer } from '../platform/crypto/aes-sealer.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import { type FollowedTokens, followTokens } from '../platform/http/follow-tokens.ts';
import { createHttpServer } from '../platform/http/http-server.ts';
import { listen } from '../platform/http/listen.ts';
import { createKafkaClient, type KafkaClient } from '../platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../platform/kafka/kafka-sink.ts';
import { createKafkaSource, type KafkaLogSource } from '../platform/kafka/kafka-source.ts';
import { ensureProvisioned } from '../platform/provisioning/ensure-provisioned.ts';
import { createRedis, type RedisConnection } from '../platform/redis/redis-client.ts';
import { createRedisDueIndex } from '../platform/redis/redis-due-index.ts';
import { createRedisStateStore } from '../platform/redis/redis-state-store.ts';
import { createRedisTaskIndex } from '../platform/redis/redis-task-index.ts';
import { readAndFollow } from '../platform/runtime/follow-installation.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import { PartitionLanes } from '../platform/runtime/partition-lanes.ts';
import { createPipelineRunner } from '../platform/runtime/pipeline-runner.ts';
import type { ReadyReport } from '../platform/runtime/ready-report.ts';
import { repeatWork } from '../platform/runtime/repeat-work.ts';
import type { RunningService, ServiceContext } from '../platform/runtime/run-service.ts';
import { readConnections } from '../platform/runtime/read-connections.ts';
import { waitForDependency } from '../platform/runtime/start-dependencies.ts';
import { createSurrogateResolver } from '../platform/runtime/surrogate-resolver.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import { createMetrics, type Metrics } from '../platform/telemetry/metrics.ts';
import { createAlertsMetrics } from './alerts-metrics.ts';
import { alertsApi } from './alerts-operations.ts';
import { readTaskState } from './api/read-task-state.ts';
import { createTaskReader } from './api/task-reader.ts';
import { addCommandRoutes } from './api/command-routes.ts';
import { createCommandService } from './api/command-service.ts';
import { addTaskRoutes } from './api/task-routes.ts';
import type { AlertsConfig } from './config.ts';
import { addDueGauge } from './due/due-gauge.ts';
import { createDueRunner } from './due/due-runner.ts';
import { createDueSweep } from './due/due-sweep.ts';
import { type AlertsDeps, createAlertsPipeline } from './pipeline.ts';
import { reportReadiness } from '../platform/runtime/report-readiness.ts';
import { addTaskGauge } from './task-gauge.ts';

/** How often partitions are asked for what is due. */
const dueEveryMs: DurationMs = 250;

/** How old events and segment changes may be when a group takes up their topics for the first time. */
const firstLookBackMs: DurationMs = 86_400_000;

interface AlertsParts {
  readonly source: KafkaLogSource;
  readonly redis: RedisConnection;
  readonly deps: AlertsDeps;
}

/** Builds alerts from its configuration: the only place that knows which adapters it runs on. */
export async function buildAlerts(config: AlertsConfig, context: ServiceContext): Promise<RunningService> {
  context.useConfig(config);
  const { logger } = context;
  const read = await readAndFollow(config.TIDEWATCH_INSTALLATION_FILE);
  const metrics = createMetrics('alerts');
  const parts = await connect(config, context, { installation: read.installation, metrics });
  const { source, redis, deps } = parts;
  const { runner, timers } = createWork(parts, { logger, metrics });
  source.onFatal((error) => context.fail(error));
  const ready = (): ReadyReport =>
    reportReadiness({
      partitions: source.health(),
      problems: [...runner.problems(), ...timers.problems()],
      isStoreConnected: redis.client.status === 'ready',
      pulse: source.pulse(),
    });
  const server = createHttpServer({ logger, metrics, ready, api: alertsApi });
  const tokens = followTokens(read, { logger, metrics });
  addApi(server, deps, { installation: read.installation, authorize: tokens.authorize });
  const { port, explicit } = config.TIDEWATCH_ALERTS_PORT;
  const url = await listen(server, { host: config.TIDEWATCH_HOST, port, explicit });
  await runner.start();
  const endTimers = repeatWork(
    () => timers.round(),
    dueEveryMs,
    (error) => context.fail(asError(error)),
  );
  async function endWork(): Promise<void> {
    timers.stop();
    await endTimers();
    await runner.stop();
  }
  return {
    url,
    ready,
    drain: endWork,
    async stop() {
      await Promise.allSettled([endWork(), server.close(), tokens.stop()]);
      await Promise.allSettled([deps.sink.stop(), redis.close()]);
    },
  };
}

function addApi(
  server: ReturnType<typeof createHttpServer>,
  deps: AlertsDeps,
  { installation, authorize }: Pick<FollowedTokens, 'authorize'> & { readonly installation: Installation },
): void {
  const reader = createTaskReader(deps.store, deps.index);
  const commands = createCommandService({
    ...deps,
    readState: (key) => readTaskState(deps.store, key),
    codec: deps.codecs.commands,
    topic: deps.topics.commands,
    newId: () => randomBytes(16).toString('hex'),
  });
  addTaskRoutes(server, { reader, authorize });
  const surrogateOf = createSurrogateResolver(installation, deps.digest);
  addCommandRoutes(server, { reader, commands, surrogateOf, authorize });
}

/** What is done with the partitions: chunks of their logs, and between these what is due. */
function createWork({ source, deps }: AlertsParts, { logger, metrics }: Observers) {
  const lanes = new PartitionLanes();
  const runner = createPipelineRunner({ source, pipeline: createAlertsPipeline(deps), lanes });
  const owned = (): ReadonlySet<number> => new Set(source.health().map(({ partition }) => partition));
  addDueGauge(metrics, deps.dueIndex, owned);
  const timers = createDueRunner({
    owned,
    inLane: (partition, work) => lanes.run(partition, work),
    sweep: createDueSweep({ ...deps, owns: (partition) => owned().has(partition) }),
    onFault: ({ code, message }, partition) => logger.warn({ code, partition }, message),
  });
  return { runner, timers };
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
  const keyPrefix = config.TIDEWATCH_KEY_PREFIX;
  const index = createRedisTaskIndex({ redis, keyPrefix });
  const tenants = installation.tenants.map(({ id }) => id);
  addTaskGauge(metrics, index, tenants);
  const source = inputsSource(config, client, { logger, metrics });
  const reducer = createTaskReducer({ triggers: [churnRiskTrigger], digest: nodeDigest });
  const deps: AlertsDeps = {
    store: createRedisStateStore({ redis, keyPrefix, namespace: 'tasks' }),
    index,
    dueIndex: createRedisDueIndex({ redis, keyPrefix }),
    sink: createKafkaSink({ client }),
    digest: nodeDigest,
    clock: systemClock,
    reducer: () => reducer,
    telemetry: createAlertsMetrics({ metrics, clock: systemClock, logger }),
    ...(await connectTopics(config, registry)),
    sealOriginal: sealerOf(installation),
  };
  return { source, redis, deps };
}

async function connectTopics(
  config: AlertsConfig,
  registry: SchemaRegistry,
): Promise<Pick<AlertsDeps, 'codecs' | 'topics'>> {
  const topics = topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX);
  return {
    codecs: {
      scores: await registry.codec<Score>(topics.scores, 'score'),
      segments: await registry.codec<SegmentChanges>(topics.segments, 'segment-changes'),
      events: await registry.codec<CustomerRecord>(topics.events, 'customer-event'),
      commands: await registry.codec<RetentionCommand>(topics.commands, 'retention-command'),
      tasks: await registry.codec<RetentionTask>(topics.tasks, 'retention-task'),
      audits: await registry.codec<AuditRecord>(topics.audit, 'audit-record'),
      deadLetters: await registry.codec<DeadLetterRecord>(topics.eventsDeadLetter, 'dead-letter'),
    },
    topics: { ...topics, deadLetters: topics.eventsDeadLetter },
  };
}

interface Observers {
  readonly logger: Logger;
  readonly metrics: Metrics;
}

function inputsSource(config: AlertsConfig, client: KafkaClient, observers: Observers): KafkaLogSource {
  const { scores, segments, events, commands } = topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX);
  return createKafkaSource({
    client,
    topics: [scores, segments, events, commands],
    groupId: `${config.TIDEWATCH_GROUP_PREFIX}tidewatch.alerts`,
    // These may hold years; what is older is nothing to open tasks for (docs/decisions/0026).
    beginWithin: { [segments]: firstLookBackMs, [events]: firstLookBackMs },
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

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
