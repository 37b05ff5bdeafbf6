import type { CustomerRecord } from '../core/events/customer-record.ts';
import type { DeadLetterRecord } from '../core/events/dead-letter.ts';
import { topicsWithPrefix } from '../core/events/topics.ts';
import type { LogSink } from '../core/ports/log.ts';
import { createSchemaRegistry } from '../platform/avro/schema-registry.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import { requireBearer } from '../platform/http/bearer-auth.ts';
import { createHttpServer } from '../platform/http/http-server.ts';
import { listen } from '../platform/http/listen.ts';
import { createKafkaClient } from '../platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../platform/kafka/kafka-sink.ts';
import { ensureProvisioned, type EnsureProvisionedOptions } from '../platform/provisioning/ensure-provisioned.ts';
import { createRedisClaimStore } from '../platform/redis/redis-claim-store.ts';
import { createRedisRateLimiter } from '../platform/redis/redis-rate-limiter.ts';
import { createRedis } from '../platform/redis/redis-client.ts';
import type { RedisConnection } from '../platform/redis/redis-client.ts';
import { readInstallation } from '../platform/runtime/installation.ts';
import { modelDirectory } from '../platform/runtime/model-directory.ts';
import type { ReadyReport } from '../platform/runtime/ready-report.ts';
import type { RunningService, ServiceContext } from '../platform/runtime/run-service.ts';
import { waitForDependency } from '../platform/runtime/start-dependencies.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import { watchPlan } from '../platform/runtime/watch-plan.ts';

import { createMetrics } from '../platform/telemetry/metrics.ts';
import { createAdmissionDesk } from './admission.ts';
import type { AdmissionDesk } from './admission.ts';
import { nodeInflate } from './body/inflate.ts';
import { createBacklog } from './backlog.ts';
import type { Backlog } from './backlog.ts';
import { buildAccess } from './build-access.ts';
import { createSenderLimit } from './auth/limit-sender.ts';
import type { LimitSender } from './auth/limit-sender.ts';
import { addTokenRoute } from './auth/token-route.ts';
import type { IngestConfig } from './config.ts';
import { realDeadline } from './deadline.ts';
import { dialects } from './dialects/dialects.ts';
import { createIngestMetrics } from './ingest-metrics.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';
import { ingestLimits } from './ingest-limits.ts';
import { createIngestPipeline } from './pipeline.ts';
import type { IngestDeps, IngestPipeline } from './pipeline.ts';
import { addPlanRoutes } from './plan-routes.ts';
import { watchReachability } from './reachability.ts';
import type { Reachability } from './reachability.ts';
import { addIngestRoutes } from './routes.ts';
import { createUnmappedNames } from './unmapped-names.ts';
import type { UnmappedNames } from './unmapped-names.ts';

/** Longer than a request waits for Kafka, so that a drain cuts no answer off. */
const closeGraceMs = ingestLimits.acknowledgeMs + 3_000;

/** Builds ingest from its configuration: the only place that knows which adapters it runs on. */
export async function buildIngest(config: IngestConfig, context: ServiceContext): Promise<RunningService> {
  context.useConfig(config);
  const metrics = createMetrics('ingest');
  const unmapped = createUnmappedNames();
  const telemetry = notingNames(createIngestMetrics(metrics, context.logger), unmapped);
  const { TIDEWATCH_PLAN_FILE: path } = config;
  const plan = await watchPlan({ path, logger: context.logger, onReload: telemetry.planReloaded });
  const access = await buildAccess(config.TIDEWATCH_INSTALLATION_FILE, telemetry, systemClock);
  const parts = await connect(config, context, telemetry, plan.current);
  const ready = (): ReadyReport => readiness(parts);
  const server = createHttpServer({ logger: context.logger, metrics, ready, closeGraceMs });
  const { desk, pipeline } = parts;
  addIngestRoutes(server, {
    ...{ dialects, pipeline, inflate: nodeInflate, desk, telemetry },
    eventsPerRequest: config.TIDEWATCH_EVENTS_PER_REQUEST,
    authenticator: access.authenticator,
    limitSender: buildLimit(config, parts, telemetry),
    backlog: buildBacklog(desk),
  });
  addTokenRoute(server, access.tokens);
  const requireToken = requireBearer(await readTokens(config.TIDEWATCH_INSTALLATION_FILE));
  addPlanRoutes(server, { plan: plan.current, unmapped, requireToken });
  const { port, explicit } = config.TIDEWATCH_INGEST_PORT;
  const url = await listen(server, { host: config.TIDEWATCH_HOST, port, explicit });
  return {
    url,
    ready,
    async drain() {
      await server.close();
      await desk.idle();
    },
    async stop() {
      plan.stop();
      await server.close();
      await Promise.allSettled([access.stop(), parts.sink.stop(), parts.redis.close(), parts.disconnectProbe()]);
    },
  };
}

interface IngestParts {
  readonly pipeline: IngestPipeline;
  readonly desk: AdmissionDesk;
  readonly sink: LogSink;
  readonly redis: RedisConnection;
  readonly kafka: Reachability;
  disconnectProbe(): Promise<void>;
}

async function connect(
  config: IngestConfig,
  context: ServiceContext,
  telemetry: IngestTelemetry,
  plan: IngestDeps['plan'],
): Promise<IngestParts> {
  const { logger, signal } = context;
  const redis = createRedis({ url: config.REDIS_URL, logger, name: 'tidewatch-ingest' });
  const client = createKafkaClient({ brokers: config.KAFKA_BROKERS, clientId: 'tidewatch-ingest', logger });
  const registry = createSchemaRegistry({ url: config.SCHEMA_REGISTRY_URL, logger });
  const wait = { timeoutMs: config.TIDEWATCH_START_TIMEOUT_MS, logger, signal };
  const redisAddress = { address: config.REDIS_URL, variable: 'REDIS_URL' };
  await waitForDependency('Redis', () => redis.check(), { ...wait, ...redisAddress });
  const partitions = await provision(config, { config, client, registry, logger, signal });
  const topics = topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX);
  const sink = createKafkaSink({ client });
  const pipeline = createIngestPipeline({
    codec: await registry.codec<CustomerRecord>(topics.events, 'customer-event'),
    deadLetterCodec: await registry.codec<DeadLetterRecord>(topics.eventsDeadLetter, 'dead-letter'),
    sink,
    claims: createRedisClaimStore({ redis, keyPrefix: config.TIDEWATCH_KEY_PREFIX }),
    clock: systemClock,
    digest: nodeDigest,
    plan,
    deadline: realDeadline,
    topics,
    partitions,
    telemetry: { ...telemetry, writeFailed: endOnFatal(telemetry, context) },
  });
  const { kafka, disconnectProbe } = await probeKafka(client.admin(), [topics.events, topics.eventsDeadLetter]);
  const desk = createAdmissionDesk(ingestLimits, (requests, bytes) => telemetry.inFlight(requests, bytes));
  return { pipeline, desk, sink, redis, kafka, disconnectProbe };
}

/** Watches whether Kafka can be reached, over a connection of its own. */
async function probeKafka(
  probe: ReturnType<ReturnType<typeof createKafkaClient>['admin']>,
  topics: string[],
): Promise<Pick<IngestParts, 'kafka' | 'disconnectProbe'>> {
  await probe.connect();
  const kafka = watchReachability({ name: 'Kafka', check: () => probe.fetchTopicMetadata({ topics }) });
  return {
    kafka,
    async disconnectProbe() {
      kafka.stop();
      await probe.disconnect();
    },
  };
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

function buildLimit(config: IngestConfig, parts: IngestParts, telemetry: IngestTelemetry): LimitSender {
  return createSenderLimit({
    limiter: createRedisRateLimiter({ redis: parts.redis, keyPrefix: config.TIDEWATCH_KEY_PREFIX }),
    defaultRate: config.TIDEWATCH_RATE_LIMIT === 0 ? null : config.TIDEWATCH_RATE_LIMIT,
    unchecked: (error) => telemetry.limitUnchecked(error),
  });
}

function buildBacklog(desk: AdmissionDesk): Backlog {
  return createBacklog({
    unfinished: () => desk.requestsInFlight,
    now: () => systemClock.now(),
    random: Math.random,
  });
}

/** API token → tenant. */
async function readTokens(installationFile: string): Promise<ReadonlyMap<string, string>> {
  const { tenants } = await readInstallation(installationFile);
  return new Map(tenants.flatMap(({ id, tokens }) => tokens.map((token) => [token, id] as const)));
}

/** Keeps the names that the plan does not know for whoever asks, besides counting them. */
function notingNames<T extends IngestTelemetry>(telemetry: T, names: UnmappedNames): T {
  return {
    ...telemetry,
    unmapped(tenant: string, source: string, unmapped: readonly string[]) {
      telemetry.unmapped(tenant, source, unmapped);
      names.note(tenant, source, unmapped, systemClock.now());
    },
  };
}

/** A client that cannot recover is replaced with the process; the senders were told to send again. */
function endOnFatal(telemetry: IngestTelemetry, context: ServiceContext): IngestTelemetry['writeFailed'] {
  return (error) => {
    telemetry.writeFailed(error);
    if (error.code === 'ERR_LOG_FATAL') context.fail(error);
  };
}

function readiness({ kafka, redis }: IngestParts): ReadyReport {
  const problems = [kafka.problem(), redis.client.status === 'ready' ? null : 'Redis is not connected'];
  const reasons = problems.filter((problem) => problem !== null);
  return { ready: reasons.length === 0, reasons, partitions: [] };
}
