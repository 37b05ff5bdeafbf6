import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeadLetterRecord } from '../core/events/dead-letter.ts';
import type { CustomerRecord } from '../core/events/customer-record.ts';
import { topicsWithPrefix } from '../core/events/topics.ts';
import { featureNames } from '../core/features/feature-catalogue.ts';
import type { ExplainableModel } from '../core/ports/explainable-model.ts';
import type { LogSource } from '../core/ports/log.ts';
import { createReasonTeller } from '../core/reasons/create-reason-teller.ts';
import type { KpiFact } from '../core/kpis/kpi-fact.ts';
import type { Score } from '../core/scoring/score.ts';
import type { SegmentChanges } from '../core/segments/segment-changes.ts';
import { createSchemaRegistry, type SchemaRegistry } from '../platform/avro/schema-registry.ts';
import { createAesSealer } from '../platform/crypto/aes-sealer.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import { followTokens, type FollowedTokens } from '../platform/http/follow-tokens.ts';
import { createHttpServer } from '../platform/http/http-server.ts';
import { listen } from '../platform/http/listen.ts';
import { createKafkaClient, type KafkaClient } from '../platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../platform/kafka/kafka-sink.ts';
import { createKafkaSource, type KafkaLogSource } from '../platform/kafka/kafka-source.ts';
import { ensureProvisioned } from '../platform/provisioning/ensure-provisioned.ts';
import { createRedis } from '../platform/redis/redis-client.ts';
import { createRedisCustomerIndex } from '../platform/redis/redis-customer-index.ts';
import { createRedisStateStore } from '../platform/redis/redis-state-store.ts';
import { createFaultPoints, type FaultPoints } from '../platform/runtime/fault-points.ts';
import { readAndFollow } from '../platform/runtime/follow-installation.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import { modelDirectory } from '../platform/runtime/model-directory.ts';
import { PartitionLanes } from '../platform/runtime/partition-lanes.ts';
import { createPipelineMeter } from '../platform/runtime/pipeline-meter.ts';
import { createPipelineRunner } from '../platform/runtime/pipeline-runner.ts';
import { repeatWork } from '../platform/runtime/repeat-work.ts';
import { reportReadiness } from '../platform/runtime/report-readiness.ts';
import type { ReadyReport } from '../platform/runtime/ready-report.ts';
import type { RunningService, ServiceContext } from '../platform/runtime/run-service.ts';
import { createSliceQueue } from '../platform/runtime/slice-queue.ts';
import { readSegments } from '../platform/runtime/read-segments.ts';
import { readServedPolicy, type LoadedPolicy } from '../platform/runtime/read-served-policy.ts';
import { readConnections } from '../platform/runtime/read-connections.ts';
import { waitForDependency } from '../platform/runtime/start-dependencies.ts';
import { createSurrogateResolver } from '../platform/runtime/surrogate-resolver.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import { createMetrics, type Metrics } from '../platform/telemetry/metrics.ts';
import { createTracer } from '../platform/telemetry/tracer.ts';
import { loadModel } from '../platform/tensorflow/load-model.ts';
import { readArtefact } from '../platform/tensorflow/read-artefact.ts';
import { createCustomerReader } from './api/customer-reader.ts';
import { addCustomerRoutes } from './api/customer-routes.ts';
import { addActionRoutes } from './api/action-routes.ts';
import { addExplanationRoutes } from './api/explanation-routes.ts';
import { addProfileIssueRoutes } from './api/profile-issue-routes.ts';
import { createProfileReader } from './api/profile-reader.ts';
import { buildBackfill } from './build-backfill.ts';
import { buildTenants } from './build-tenants.ts';
import type { ScorerConfig } from './config.ts';
import { CustomerCache } from './customer-cache.ts';
import { PartitionControls } from './partition-controls.ts';
import { createIdleWatermarkCheck } from './idle-watermark-check.ts';
import { createScorerPipeline } from './pipeline.ts';
import type { ScorerDeps } from './scorer-deps.ts';
import { scorerGroupId } from './scorer-group.ts';
import { createScorerMetrics } from './scorer-metrics.ts';
import { scorerApi } from './scorer-operations.ts';
import { createDayCloser } from './sweep/day-closer.ts';
import { createDaySweep, type DaySweep } from './sweep/day-sweep.ts';
import { createSweepRunner } from './sweep/sweep-runner.ts';

/** Builds the scorer from its configuration: the only place that knows which adapters it runs on. */
export async function buildScorer(config: ScorerConfig, context: ServiceContext): Promise<RunningService> {
  context.useConfig(config);
  const faults = createFaultPoints(config.TIDEWATCH_FAULT, config.TIDEWATCH_ALLOW_FAULTS);
  const read = await readAndFollow(config.TIDEWATCH_INSTALLATION_FILE);
  const metrics = createMetrics('scorer');
  const parts = await connect(config, context, read.installation, metrics);
  const { source, redis, deps, waitsFor = () => [] } = parts;
  const { runner, sweeps, forget } = createWork(parts, faults);
  source.onFatal((error) => context.fail(error));
  const problems = (): string[] => [...runner.problems(), ...sweeps.problems(), ...waitsFor()];
  const ready = (): ReadyReport =>
    reportReadiness({
      partitions: source.health(),
      problems: problems(),
      isStoreConnected: redis.client.status === 'ready',
      pulse: parts.pulse(),
    });
  const server = createHttpServer({ logger: context.logger, metrics, ready, api: scorerApi });
  const tokens = followTokens(read, { logger: context.logger, metrics });
  addApi(server, parts, { installation: read.installation, authorize: tokens.authorize });
  const url = await listen(server, { host: config.TIDEWATCH_HOST, ...config.TIDEWATCH_SCORER_PORT });
  await runner.start();
  const checkIdle = createIdleWatermarkCheck({ ...deps, source, forget });
  const endTurns = startTurns({ checkIdle, sweep: () => sweeps.round(), closeDays: dayCloser(config, parts) }, context);
  async function endWork(): Promise<void> {
    sweeps.stop();
    await endTurns();
    await runner.stop();
  }
  return {
    url,
    ready,
    drain: endWork,
    async stop() {
      await Promise.allSettled([endWork(), server.close(), tokens.stop()]);
      await Promise.allSettled([deps.tracer?.stop(), deps.sink.stop(), redis.close()]);
      deps.model.dispose();
    },
  };
}

/** What is done with the partitions: their chunks, and between these the sweep of silent customers. */
function createWork({ source, deps, metrics, trailSweep = (sweep) => sweep }: ScorerParts, faults: FaultPoints) {
  const lanes = new PartitionLanes();
  const pipeline = createScorerPipeline(deps);
  const runner = createPipelineRunner({
    source,
    pipeline,
    faults,
    lanes,
    meter: createPipelineMeter(metrics, 'scores'),
  });
  const forget = (): void => {
    deps.cache.clear();
    deps.controls.clear();
  };
  source.onAssigned(forget);
  const sweeps = createSweepRunner({
    source,
    inLane: (partition, work) => lanes.run(partition, work),
    sweep: trailSweep(createDaySweep({ ...deps, source, pipeline })),
    onRegressed: forget,
  });
  return { runner, sweeps, forget };
}

/** A twin that compares, or a backfill, must not write into the log that both read. */
function dayCloser(config: ScorerConfig, { source, deps }: ScorerParts): (() => Promise<void>) | null {
  const isTwin =
    (config.TIDEWATCH_OUTPUT_TOPIC_PREFIX ?? config.TIDEWATCH_TOPIC_PREFIX) !== config.TIDEWATCH_TOPIC_PREFIX;
  if (config.TIDEWATCH_DAY_ENDS === 'log' || config.TIDEWATCH_BACKFILL || isTwin) return null;
  return createDayCloser({
    ...deps,
    source,
    codec: deps.codecs.events,
    topic: topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX).events,
    graceMs: config.TIDEWATCH_DAY_GRACE_MS,
  });
}

const everyMs = { checkIdle: 5_000, sweep: 1_000, closeDays: 30_000 } as const;

/** What is done again and again beside the chunks. @returns ends it, once the turns under way have ended */
function startTurns(
  {
    checkIdle,
    sweep,
    closeDays,
  }: Record<'checkIdle' | 'sweep', () => Promise<void>> & {
    /** Null leaves the ends of days to others. */
    readonly closeDays: (() => Promise<void>) | null;
  },
  { logger }: ServiceContext,
): () => Promise<void> {
  const unread = (err: unknown): void => logger.debug({ err }, 'the watermarks of idle partitions were not read');
  const undone = (err: unknown): void => logger.warn({ err }, 'days were not closed or swept; tried again');
  const ends = [
    repeatWork(checkIdle, everyMs.checkIdle, unread),
    repeatWork(sweep, everyMs.sweep, undone),
    ...(closeDays === null ? [] : [repeatWork(closeDays, everyMs.closeDays, undone)]),
  ];
  return async () => void (await Promise.all(ends.map((end) => end())));
}

interface ScorerParts {
  readonly metrics: Metrics;
  readonly source: LogSource;
  readonly pulse: KafkaLogSource['pulse'];
  readonly redis: ReturnType<typeof createRedis>;
  readonly deps: ScorerDeps;
  /** The model of `deps`, which can also explain. */
  readonly model: ExplainableModel;
  /** What next best actions are chosen by; null without one. */
  readonly policy: LoadedPolicy | null;
  /** Given by a backfill: why its states are not to be used yet. */
  readonly waitsFor?: () => readonly string[];
  /** Given by a backfill: keeps the sweep behind that of the live scorers. */
  readonly trailSweep?: (sweep: DaySweep) => DaySweep;
}

async function connect(
  config: ScorerConfig,
  { logger, signal }: ServiceContext,
  installation: Installation,
  metrics: Metrics,
): Promise<ScorerParts> {
  const { modelDir, modelHash, model, segments, policy } = await loadFiles(config);
  const connections = readConnections(config);
  const redis = createRedis({ ...connections.redis, logger, metrics, name: 'tidewatch-scorer' });
  const client = createKafkaClient({ ...connections.kafka, clientId: 'tidewatch-scorer', logger });
  const registry = createSchemaRegistry({ ...connections.registry, logger });
  const wait = { timeoutMs: config.TIDEWATCH_START_TIMEOUT_MS, logger, signal };
  const redisAddress = { address: config.REDIS_URL, variable: 'REDIS_URL' };
  await waitForDependency('Redis', () => redis.check(), { ...wait, ...redisAddress });
  await ensureProvisioned({ config, client, registry, modelDir, backend: model.backend, logger, signal });
  const source = eventsSource(config, client, { logger, metrics });
  const telemetry = createScorerMetrics(metrics, systemClock);
  const deps: ScorerDeps = {
    ...openStores(redis, config.TIDEWATCH_KEY_PREFIX),
    sink: createKafkaSink({ client, metrics }),
    model,
    tellReasons: createReasonTeller(model, featureNames),
    takeTurns: () => nextTurn(),
    modelHash,
    segments,
    digest: nodeDigest,
    clock: systemClock,
    tenants: buildTenants(installation),
    cache: new CustomerCache(config.TIDEWATCH_CACHE_CUSTOMERS),
    controls: new PartitionControls(telemetry),
    telemetry,
    tracer: createTracer({ service: 'scorer', config }),
    ...(await connectTopics(config, registry)),
    sealOriginal: originalSealer(installation),
  };
  const live = { source, redis, deps };
  const parts = config.TIDEWATCH_BACKFILL ? buildBackfill(live, { config, client, metrics }) : live;
  return { ...parts, metrics, model, policy, pulse: () => source.pulse() };
}

/** What stands in files: the model, and what customers are sorted by and given. */
async function loadFiles(config: ScorerConfig) {
  const modelDir = await modelDirectory(config.TIDEWATCH_MODEL_DIR, config.TIDEWATCH_MODEL_VERSION);
  const { manifestHash: modelHash } = await readArtefact(modelDir);
  const model = await loadModel(modelDir, { featureNames, backend: config.TIDEWATCH_BACKEND });
  const segments = await readSegments(config.TIDEWATCH_SEGMENTS_FILE ?? null, featureNames);
  const policy = await readServedPolicy(config.TIDEWATCH_POLICY_FILE ?? null, config.TIDEWATCH_OFFERS_FILE ?? null);
  return { modelDir, modelHash, model, segments, policy };
}

function openStores(redis: ScorerParts['redis'], keyPrefix: string): Pick<ScorerDeps, 'store' | 'profiles' | 'index'> {
  return {
    store: createRedisStateStore({ redis, keyPrefix, namespace: 'customer' }),
    profiles: createRedisStateStore({ redis, keyPrefix, namespace: 'profile' }),
    index: createRedisCustomerIndex({ redis, keyPrefix }),
  };
}

function eventsSource(
  config: ScorerConfig,
  client: KafkaClient,
  observers: { readonly logger: Logger; readonly metrics: Metrics },
): KafkaLogSource {
  return createKafkaSource({
    client,
    topic: topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX).events,
    groupId: scorerGroupId(config),
    sessionTimeoutMs: config.TIDEWATCH_SESSION_TIMEOUT_MS,
    whenOffsetLost: config.TIDEWATCH_WHEN_OFFSET_LOST,
    partitionsConcurrently: config.TIDEWATCH_PARTITIONS_CONCURRENTLY,
    ...observers,
  });
}

async function connectTopics(
  config: ScorerConfig,
  registry: SchemaRegistry,
): Promise<Pick<ScorerDeps, 'codecs' | 'topics'>> {
  const { events } = topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX);
  const outputs = topicsWithPrefix(config.TIDEWATCH_OUTPUT_TOPIC_PREFIX ?? config.TIDEWATCH_TOPIC_PREFIX);
  const { scores, scoresLatest: latest, segments, kpiFacts: facts, eventsLate: late } = outputs;
  const { eventsDeadLetter: deadLetters } = outputs;
  return {
    codecs: {
      events: await registry.codec<CustomerRecord>(events, 'customer-event'),
      scores: await registry.codec<Score>(scores, 'score'),
      latest: await registry.codec<Score>(latest, 'score'),
      segments: await registry.codec<SegmentChanges>(segments, 'segment-changes'),
      facts: await registry.codec<KpiFact>(facts, 'kpi-fact'),
      deadLetters: await registry.codec<DeadLetterRecord>(deadLetters, 'dead-letter'),
    },
    topics: { scores, latest, segments, facts, deadLetters, late },
  };
}

/** Dead letters of the scorer may belong to no known tenant, so the key of the installation seals them. */
function originalSealer({ installationKey }: Installation): ScorerDeps['sealOriginal'] {
  const sealer = createAesSealer('installation', installationKey.reveal());
  return (bytes) => ({ keyId: sealer.keyId, sealed: sealer.seal(bytes, 'dead-letter') });
}

/** Explanations that are asked for and not answered yet; more are answered with 503. */
const maxExplanations = 32;

function addApi(
  server: ReturnType<typeof createHttpServer>,
  { deps, model, policy, source }: Pick<ScorerParts, 'deps' | 'model' | 'policy' | 'source'>,
  { installation, authorize }: Pick<FollowedTokens, 'authorize'> & { readonly installation: Installation },
): void {
  const reader = createCustomerReader({
    store: deps.store,
    scoreCodec: deps.codecs.scores,
    surrogateOf: createSurrogateResolver(installation, nodeDigest),
  });
  addCustomerRoutes(server, {
    reader,
    profiles: createProfileReader(deps),
    tenants: deps.tenants,
    segments: deps.segments,
    clock: deps.clock,
    authorize,
  });
  const partitions = () => source.health().map(({ partition }) => partition);
  addProfileIssueRoutes(server, { ...deps, partitions, authorize });
  addActionRoutes(server, { reader, tenants: deps.tenants, policy, digest: deps.digest, authorize });
  const { run } = createSliceQueue(maxExplanations);
  addExplanationRoutes(server, { reader, tenants: deps.tenants, model, digest: deps.digest, run, authorize });
}
