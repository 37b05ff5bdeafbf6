import type { CustomerRecord } from '../core/events/customer-record.ts';
import type { DeadLetterRecord } from '../core/events/dead-letter.ts';
import { topicsWithPrefix } from '../core/events/topics.ts';
import type { LogSink } from '../core/ports/log.ts';
import type { TopicReader } from '../core/ports/topic-reader.ts';
import { createSchemaRegistry } from '../platform/avro/schema-registry.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import { requireBearer } from '../platform/http/bearer-auth.ts';
import { createHttpServer } from '../platform/http/http-server.ts';
import { listen } from '../platform/http/listen.ts';
import { createKafkaClient, type KafkaClient } from '../platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../platform/kafka/kafka-sink.ts';
import { createTopicReader } from '../platform/kafka/topic-reader.ts';
import { ensureProvisioned, type EnsureProvisionedOptions } from '../platform/provisioning/ensure-provisioned.ts';
import { createRedisClaimStore } from '../platform/redis/redis-claim-store.ts';
import { createRedis } from '../platform/redis/redis-client.ts';
import type { RedisConnection } from '../platform/redis/redis-client.ts';
import { readInstallation } from '../platform/runtime/installation.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import { modelDirectory } from '../platform/runtime/model-directory.ts';
import type { ReadyReport } from '../platform/runtime/ready-report.ts';
import type { RunningService, ServiceContext } from '../platform/runtime/run-service.ts';
import { waitForDependency } from '../platform/runtime/start-dependencies.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import { createMetrics } from '../platform/telemetry/metrics.ts';
import { createAdmissionDesk } from './admission.ts';
import type { AdmissionDesk } from './admission.ts';
import { nodeInflate } from './body/inflate.ts';
import { buildDeadLetters } from './build-dead-letters.ts';
import type { DeadLetterParts } from './build-dead-letters.ts';
import { buildSenders } from './build-senders.ts';
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
import { addIngestRoutes } from './routes.ts';

/** Clients are asked to wait 2 to 5 s. */
const retryAfterSeconds = (): number => 2 + Math.floor(Math.random() * 4);
/** Longer than a request waits for Kafka, so that a drain cuts no answer off. */
const closeGraceMs = ingestLimits.acknowledgeMs + 3_000;

/** Builds ingest from its configuration: the only place that knows which adapters it runs on. */
export async function buildIngest(config: IngestConfig, context: ServiceContext): Promise<RunningService> {
  context.useConfig(config);
  const installation = await readInstallation(config.TIDEWATCH_INSTALLATION_FILE);
  const tenants = buildTenants(installation);
  const senders = buildSenders(installation, tenants);
  const metrics = createMetrics('ingest');
  const telemetry = createIngestMetrics(metrics, context.logger);
  const replay: ReplayBase = { installation, tenants, telemetry: createReplayMetrics(metrics, telemetry) };
  const parts = await connect(config, context, { telemetry, replay });
  const ready = (): ReadyReport => readiness(parts);
  const server = createHttpServer({ logger: context.logger, metrics, ready, closeGraceMs });
  const { desk, pipeline } = parts;
  const findSender = (key: string) => senders.get(key);
  addIngestRoutes(server, { dialects, pipeline, findSender, inflate: nodeInflate, desk, telemetry, retryAfterSeconds });
  addLetterRoutes(server, { letters: parts.letters, authorize: requireBearer(tokensOf(installation)) });
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
      await server.close();
      await Promise.allSettled([
        parts.sink.stop(),
        parts.redis.close(),
        parts.topicReader.stop(),
        parts.disconnectProbe(),
      ]);
    },
  };
}

type ReplayBase = Pick<DeadLetterParts, 'installation' | 'tenants'> & { readonly telemetry: IngestTelemetry };

/** API token → tenant. */
function tokensOf({ tenants }: Installation): ReadonlyMap<string, string> {
  return new Map(tenants.flatMap(({ id, tokens }) => tokens.map((token) => [token, id] as const)));
}

interface IngestParts {
  readonly pipeline: IngestPipeline;
  readonly letters: DeadLetters;
  readonly topicReader: TopicReader;
  readonly desk: AdmissionDesk;
  readonly sink: LogSink;
  readonly redis: RedisConnection;
  readonly kafka: Reachability;
  disconnectProbe(): Promise<void>;
}

async function connect(
  config: IngestConfig,
  context: ServiceContext,
  { telemetry, replay }: { readonly telemetry: IngestTelemetry; readonly replay: ReplayBase },
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
  return { pipeline, letters, topicReader, desk, sink, redis, ...probe };
}

/** Asks for these topics again and again, over a connection of its own. */
async function watchKafka(
  client: KafkaClient,
  topics: string[],
): Promise<Pick<IngestParts, 'kafka' | 'disconnectProbe'>> {
  const probe = client.admin();
  await probe.connect();
  const kafka = watchReachability({ name: 'Kafka', check: () => probe.fetchTopicMetadata({ topics }) });
  const disconnectProbe = async (): Promise<void> => {
    kafka.stop();
    await probe.disconnect();
  };
  return { kafka, disconnectProbe };
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
