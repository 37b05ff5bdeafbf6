import type { CustomerRecord } from '../core/events/customer-record.ts';
import type { DeadLetterRecord } from '../core/events/dead-letter.ts';
import { topicsWithPrefix } from '../core/events/topics.ts';
import { createSchemaRegistry } from '../platform/avro/schema-registry.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import { createKafkaClient, type KafkaClient } from '../platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../platform/kafka/kafka-sink.ts';
import { createTopicReader } from '../platform/kafka/topic-reader.ts';
import { ensureProvisioned, type EnsureProvisionedOptions } from '../platform/provisioning/ensure-provisioned.ts';
import { createRedisClaimStore } from '../platform/redis/redis-claim-store.ts';
import { createRedis } from '../platform/redis/redis-client.ts';
import type { RedisConnection } from '../platform/redis/redis-client.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import { modelDirectory } from '../platform/runtime/model-directory.ts';
import { readConnections } from '../platform/runtime/read-connections.ts';
import type { ServiceContext } from '../platform/runtime/run-service.ts';
import { waitForDependency } from '../platform/runtime/start-dependencies.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import { createTracer } from '../platform/telemetry/tracer.ts';
import { createAdmissionDesk } from './admission.ts';
import type { AdmissionDesk } from './admission.ts';
import { buildDeadLetters } from './build-dead-letters.ts';
import type { DeadLetterParts } from './build-dead-letters.ts';
import { buildQuality } from './build-quality.ts';
import type { QualityParts } from './build-quality.ts';
import { buildUnmapped } from './build-unmapped.ts';
import type { UnmappedParts } from './build-unmapped.ts';
import type { IngestConfig } from './config.ts';
import type { DeadLetters } from './dead-letters/dead-letters.ts';
import { realDeadline } from './deadline.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';
import { ingestLimits } from './ingest-limits.ts';
import type { IngestTenant } from './ingest-tenant.ts';
import { createIngestPipeline } from './pipeline.ts';
import type { IngestDeps, IngestPipeline } from './pipeline.ts';
import { watchReachability } from './reachability.ts';
import type { Reachability } from './reachability.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;

export interface IngestParts {
  readonly pipeline: IngestPipeline;
  readonly letters: DeadLetters;
  readonly desk: AdmissionDesk;
  readonly redis: RedisConnection;
  readonly kafka: Reachability;
  readonly quality: QualityParts;
  readonly names: UnmappedParts;
  readonly tenants: () => ReadonlyMap<string, IngestTenant>;
  /** Closes every connection. */
  stop(): Promise<void>;
}

export interface IngestNeeds {
  readonly metrics: Metrics;
  readonly telemetry: IngestTelemetry;
  /** Told of events that come from dead letters. */
  readonly replayTelemetry: IngestTelemetry;
  readonly installation: Installation;
  readonly tenants: () => ReadonlyMap<string, IngestTenant>;
  readonly plan: IngestDeps['plan'];
}

/** Connects to Kafka, the registry and Redis, and puts together what works on them. */
export async function buildParts(
  config: IngestConfig,
  context: ServiceContext,
  needs: IngestNeeds,
): Promise<IngestParts> {
  const { logger, signal } = context;
  const { metrics, telemetry, installation, tenants } = needs;
  const connections = readConnections(config);
  const redis = createRedis({ ...connections.redis, logger, metrics, name: 'tidewatch-ingest' });
  const client = createKafkaClient({ ...connections.kafka, clientId: 'tidewatch-ingest', logger });
  const registry = createSchemaRegistry({ ...connections.registry, logger });
  const wait = { timeoutMs: config.TIDEWATCH_START_TIMEOUT_MS, logger, signal };
  await waitForDependency('Redis', () => redis.check(), { ...wait, address: config.REDIS_URL, variable: 'REDIS_URL' });
  const partitions = await provision(config, { config, client, registry, logger, signal });
  const topics = topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX);
  const sink = createKafkaSink({ client, metrics });
  const codec = await registry.codec<CustomerRecord>(topics.events, 'customer-event');
  const deadLetterCodec = await registry.codec<DeadLetterRecord>(topics.eventsDeadLetter, 'dead-letter');
  const keyPrefix = config.TIDEWATCH_KEY_PREFIX;
  const { quality, names, noting } = buildBooks(config, redis, needs);
  const own = { telemetry: { ...telemetry, ...noting }, codec, deadLetterCodec, sink, partitions };
  const shared = pipelineParts(config, context, { ...needs, ...own });
  const doneTtlMs = config.TIDEWATCH_REMEMBER_HOURS * hourMs;
  const claims = createRedisClaimStore({ redis, keyPrefix, doneTtlMs });
  const tracer = createTracer({ service: 'ingest', config });
  const pipeline = createIngestPipeline({ ...shared, topics, claims, tracer });
  const topicReader = createTopicReader({ client, topic: topics.eventsDeadLetter });
  const letters = buildDeadLetters({
    ...{ installation, tenants, topics, codec, letterCodec: deadLetterCodec, sink, redis, keyPrefix, topicReader },
    pipeline: { ...shared, telemetry: replaying(needs, shared.telemetry) },
  });
  const probe = await watchKafka(client, [topics.events, topics.eventsDeadLetter]);
  const desk = createAdmissionDesk(ingestLimits, (requests, bytes) => telemetry.inFlight(requests, bytes));
  const stop = async (): Promise<void> => {
    await Promise.all([quality.stop(), names.stop()]);
    await Promise.allSettled([tracer.stop(), sink.stop(), redis.close(), topicReader.stop(), probe.disconnect()]);
  };
  return { pipeline, letters, desk, redis, kafka: probe.kafka, quality, names, tenants, stop };
}

/** What counts for reports, in memory for moments and then in Redis. */
function buildBooks(config: IngestConfig, redis: RedisConnection, { telemetry, tenants, plan }: IngestNeeds) {
  const keyPrefix = config.TIDEWATCH_KEY_PREFIX;
  const quality = buildQuality({
    ...{ redis, keyPrefix, telemetry, tenants },
    targets: () => plan().quality,
    checkEveryMs: config.TIDEWATCH_QUALITY_CHECK_MINUTES * minuteMs,
  });
  const names = buildUnmapped(redis, keyPrefix, telemetry);
  return { quality, names, noting: { observed: quality.observed, unmapped: names.unmapped } };
}

function replaying({ replayTelemetry }: IngestNeeds, live: IngestTelemetry): IngestTelemetry {
  return { ...replayTelemetry, unmapped: live.unmapped, writeFailed: live.writeFailed };
}

/** What the pipeline of clients and that of dead letters have in common. */
function pipelineParts(
  config: IngestConfig,
  context: ServiceContext,
  parts: Pick<IngestNeeds, 'telemetry' | 'plan'> &
    Pick<IngestDeps, 'codec' | 'deadLetterCodec' | 'sink' | 'partitions'>,
): DeadLetterParts['pipeline'] {
  const { codec, deadLetterCodec, sink, partitions, plan, telemetry } = parts;
  return {
    ...{ codec, deadLetterCodec, sink, partitions, plan },
    clock: systemClock,
    digest: nodeDigest,
    deadline: realDeadline,
    telemetry: { ...telemetry, writeFailed: endOnFatal(telemetry, context) },
    maxEventBytes: config.TIDEWATCH_MAX_EVENT_BYTES,
  };
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
  return (await ensureProvisioned({ ...options, modelDir, backend: config.TIDEWATCH_BACKEND })).partitions;
}

/** A client that cannot recover, or whose password or rights are not good any more, is replaced with the process; the senders were told to send again. */
function endOnFatal(telemetry: IngestTelemetry, context: ServiceContext): IngestTelemetry['writeFailed'] {
  return (error) => {
    telemetry.writeFailed(error);
    if (error.code === 'ERR_LOG_FATAL' || error.code === 'ERR_LOG_DENIED') context.fail(error);
  };
}
