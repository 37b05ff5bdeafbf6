import type { CustomerRecord } from '../core/events/customer-record.ts';
import type { DeadLetterRecord } from '../core/events/dead-letter.ts';
import { topicsWithPrefix } from '../core/events/topics.ts';
import { createSchemaRegistry } from '../platform/avro/schema-registry.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import { createHttpServer } from '../platform/http/http-server.ts';
import { listen } from '../platform/http/listen.ts';
import { createKafkaClient, type KafkaClient } from '../platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../platform/kafka/kafka-sink.ts';
import { createTopicReader } from '../platform/kafka/topic-reader.ts';
import { ensureProvisioned, type EnsureProvisionedOptions } from '../platform/provisioning/ensure-provisioned.ts';
import { createRedisClaimStore } from '../platform/redis/redis-claim-store.ts';
import { createRedisRateLimiter } from '../platform/redis/redis-rate-limiter.ts';
import { createRedis } from '../platform/redis/redis-client.ts';
import type { RedisConnection } from '../platform/redis/redis-client.ts';
import { modelDirectory } from '../platform/runtime/model-directory.ts';
import type { ReadyReport } from '../platform/runtime/ready-report.ts';
import type { RunningService, ServiceContext } from '../platform/runtime/run-service.ts';
import { readConnections } from '../platform/runtime/read-connections.ts';
import { waitForDependency } from '../platform/runtime/start-dependencies.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import { createMetrics } from '../platform/telemetry/metrics.ts';
import { createAdmissionDesk } from './admission.ts';
import type { AdmissionDesk } from './admission.ts';
import { nodeInflate } from './body/inflate.ts';
import { createBacklog } from './backlog.ts';
import { buildAccess, type Access } from './build-access.ts';
import { createSenderLimit } from './auth/limit-sender.ts';
import { addTokenRoute } from './auth/token-route.ts';
import { buildDeadLetters } from './build-dead-letters.ts';
import type { DeadLetterParts } from './build-dead-letters.ts';
import { buildTenants } from './build-tenants.ts';
import type { IngestConfig } from './config.ts';
import type { DeadLetters } from './dead-letters/dead-letters.ts';
import { addLetterRoutes } from './dead-letters/letter-routes.ts';
import { realDeadline } from './deadline.ts';
import { dialects } from './dialects/dialects.ts';
import { createIngestMetrics } from './ingest-metrics.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';
import { ingestLimits } from './ingest-limits.ts';
import { createIngestPipeline } from './pipeline.ts';
import type { IngestPipeline } from './pipeline.ts';
import { watchReachability } from './reachability.ts';
import type { Reachability } from './reachability.ts';
import { createReplayMetrics } from './replay-metrics.ts';
import { addIngestRoutes, type IngestRoutesDeps } from './routes.ts';

/** Longer than a request waits for Kafka, so that a drain cuts no answer off. */
const closeGraceMs = ingestLimits.acknowledgeMs + 3_000;

/** Builds ingest from its configuration: the only place that knows which adapters it runs on. */
export async function buildIngest(config: IngestConfig, context: ServiceContext): Promise<RunningService> {
  context.useConfig(config);
  const metrics = createMetrics('ingest');
  const telemetry = createIngestMetrics(metrics, context.logger);
  const access = await buildAccess(config.TIDEWATCH_INSTALLATION_FILE, telemetry, systemClock);
  const replay: ReplayBase = {
    installation: access.installation,
    tenants: buildTenants(access.installation),
    telemetry: createReplayMetrics(metrics, telemetry),
  };
  const parts = await connect(config, context, { telemetry, replay });
  const ready = (): ReadyReport => readiness(parts);
  const server = createHttpServer({ logger: context.logger, metrics, ready, closeGraceMs });
  addIngestRoutes(server, routesDeps(config, { parts, access, telemetry }));
  addTokenRoute(server, access.tokens);
  addLetterRoutes(server, { letters: parts.letters, authorize: access.requireToken });
  const { port, explicit } = config.TIDEWATCH_INGEST_PORT;
  const url = await listen(server, { host: config.TIDEWATCH_HOST, port, explicit });
  return {
    url,
    ready,
    async drain() {
      await server.close();
      await parts.desk.idle();
    },
    async stop() {
      await server.close();
      await Promise.allSettled([access.stop(), parts.stop()]);
    },
  };
}

type ReplayBase = Pick<DeadLetterParts, 'installation' | 'tenants'> & { readonly telemetry: IngestTelemetry };

function routesDeps(
  config: IngestConfig,
  { parts, access, telemetry }: { parts: IngestParts; access: Access; telemetry: IngestTelemetry },
): IngestRoutesDeps {
  const { desk, pipeline, redis } = parts;
  return {
    ...{ dialects, pipeline, inflate: nodeInflate, desk, telemetry },
    authenticator: access.authenticator,
    limitSender: createSenderLimit({
      limiter: createRedisRateLimiter({ redis, keyPrefix: config.TIDEWATCH_KEY_PREFIX }),
      defaultRate: config.TIDEWATCH_RATE_LIMIT === 0 ? null : config.TIDEWATCH_RATE_LIMIT,
      unchecked: (error) => telemetry.limitUnchecked(error),
    }),
    backlog: createBacklog({
      unfinished: () => desk.requestsInFlight,
      now: () => systemClock.now(),
      random: Math.random,
    }),
  };
}

interface IngestParts {
  readonly pipeline: IngestPipeline;
  readonly letters: DeadLetters;
  readonly desk: AdmissionDesk;
  readonly redis: RedisConnection;
  readonly kafka: Reachability;
  /** Closes every connection. */
  stop(): Promise<void>;
}

async function connect(
  config: IngestConfig,
  context: ServiceContext,
  { telemetry, replay }: { readonly telemetry: IngestTelemetry; readonly replay: ReplayBase },
): Promise<IngestParts> {
  const { logger, signal } = context;
  const connections = readConnections(config);
  const redis = createRedis({ ...connections.redis, logger, name: 'tidewatch-ingest' });
  const client = createKafkaClient({ ...connections.kafka, clientId: 'tidewatch-ingest', logger });
  const registry = createSchemaRegistry({ ...connections.registry, logger });
  const wait = { timeoutMs: config.TIDEWATCH_START_TIMEOUT_MS, logger, signal };
  await waitForDependency('Redis', () => redis.check(), { ...wait, address: config.REDIS_URL, variable: 'REDIS_URL' });
  const partitions = await provision(config, { config, client, registry, logger, signal });
  const topics = topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX);
  const sink = createKafkaSink({ client });
  const codec = await registry.codec<CustomerRecord>(topics.events, 'customer-event');
  const deadLetterCodec = await registry.codec<DeadLetterRecord>(topics.eventsDeadLetter, 'dead-letter');
  const keyPrefix = config.TIDEWATCH_KEY_PREFIX;
  const shared: DeadLetterParts['pipeline'] = {
    ...{ codec, deadLetterCodec, sink, partitions },
    clock: systemClock,
    digest: nodeDigest,
    deadline: realDeadline,
    telemetry: { ...telemetry, writeFailed: endOnFatal(telemetry, context) },
    maxEventBytes: config.TIDEWATCH_MAX_EVENT_BYTES,
  };
  const pipeline = createIngestPipeline({ ...shared, topics, claims: createRedisClaimStore({ redis, keyPrefix }) });
  const topicReader = createTopicReader({ client, topic: topics.eventsDeadLetter });
  const letters = buildDeadLetters({
    ...replay,
    ...{ topics, codec, letterCodec: deadLetterCodec, sink, redis, keyPrefix, topicReader },
    pipeline: { ...shared, telemetry: { ...replay.telemetry, writeFailed: shared.telemetry.writeFailed } },
  });
  const probe = await watchKafka(client, [topics.events, topics.eventsDeadLetter]);
  const desk = createAdmissionDesk(ingestLimits, (requests, bytes) => telemetry.inFlight(requests, bytes));
  const stop = async (): Promise<void> => {
    await Promise.allSettled([sink.stop(), redis.close(), topicReader.stop(), probe.disconnect()]);
  };
  return { pipeline, letters, desk, redis, kafka: probe.kafka, stop };
}

/** Asks for these topics again and again, over a connection of its own. */
async function watchKafka(
  client: KafkaClient,
  topics: string[],
): Promise<{ readonly kafka: Reachability; disconnect(): Promise<void> }> {
  const probe = client.admin();
  await probe.connect();
  const kafka = watchReachability({ name: 'Kafka', check: () => probe.fetchTopicMetadata({ topics }) });
  const disconnect = async (): Promise<void> => {
    kafka.stop();
    await probe.disconnect();
  };
  return { kafka, disconnect };
}

/**
 * Events before the first activation could never be scored. So where no scorer has put a model in force yet, ingest
 * proposes the newest one; where one is in force, it stays.
 * @returns partitions of the events topic
 */
async function provision(config: IngestConfig, options: EnsureProvisionedOptions): Promise<number> {
  const { activationId, partitions } = await ensureProvisioned(options);
  if (activationId !== null) return partitions;
  const modelDir = await modelDirectory(config.TIDEWATCH_MODEL_DIR, config.TIDEWATCH_MODEL_VERSION);
  return (await ensureProvisioned({ ...options, modelDir })).partitions;
}

/** A client that cannot recover, or whose password or rights are not good any more, is replaced with the process; the senders were told to send again. */
function endOnFatal(telemetry: IngestTelemetry, context: ServiceContext): IngestTelemetry['writeFailed'] {
  return (error) => {
    telemetry.writeFailed(error);
    if (error.code === 'ERR_LOG_FATAL' || error.code === 'ERR_LOG_DENIED') context.fail(error);
  };
}

function readiness({ kafka, redis }: IngestParts): ReadyReport {
  const problems = [kafka.problem(), redis.client.status === 'ready' ? null : 'Redis is not connected'];
  const reasons = problems.filter((problem) => problem !== null);
  return { ready: reasons.length === 0, reasons, partitions: [] };
}
