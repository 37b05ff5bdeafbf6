import type { AuditRecord } from '../core/audit/audit-record.ts';
import { createAesSealer } from '../platform/crypto/aes-sealer.ts';
import { contactLinkKey } from '../platform/crypto/derived-secrets.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import { createSignedTokens } from '../platform/crypto/signed-token.ts';
import { createKafkaSource } from '../platform/kafka/kafka-source.ts';
import { createRedisDeliveryStore } from '../platform/redis/redis-delivery-store.ts';
import { createPipelineMeter } from '../platform/runtime/pipeline-meter.ts';
import { createPipelineRunner } from '../platform/runtime/pipeline-runner.ts';
import { readDeliveryFile } from '../platform/runtime/read-delivery-file.ts';
import { repeatWork } from '../platform/runtime/repeat-work.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import { createGuardedPost } from '../platform/webhooks/guarded-post.ts';
import { createHostGuard } from '../platform/webhooks/host-guard.ts';
import { createDeliveryReader } from './api/delivery-reader.ts';
import { addDeliveryRoutes } from './api/delivery-routes.ts';
import { addTrackingRoutes } from './api/tracking-routes.ts';
import { buildDeliverySenders } from './build-delivery-senders.ts';
import { buildDeliveryTenants, type DeliveryTenant } from './build-delivery-tenants.ts';
import type { AlertsConfig } from './config.ts';
import { createLinkTokens } from './deliveries/link-tokens.ts';
import { createDeliveryPipeline } from './deliveries/delivery-pipeline.ts';
import { createDeliveryWorker } from './deliveries/delivery-worker.ts';
import { createDigestPlanner } from './deliveries/digest-planner.ts';
import { createDeliveryMetrics } from './delivery-metrics.ts';
import type { DeliveryParts } from './delivery-parts.ts';
import type { AlertsPart } from './alerts-part.ts';
import type { AlertsShared } from './alerts-shared.ts';

const turnMs = 500;
const digestMs = 20_000;

/** What goes out of alerts: a consumer of the tasks topic, a worker, and their routes. */
export async function buildDeliveries(parts: AlertsShared): Promise<AlertsPart> {
  const { config, logger, metrics, redis } = parts;
  const store = createRedisDeliveryStore({ redis, keyPrefix: config.TIDEWATCH_KEY_PREFIX });
  const telemetry = createDeliveryMetrics({ metrics, logger, clock: systemClock, store });
  const { tokens, tenants } = await readSettings(config, parts);
  const { senders, tell } = buildDeliverySenders(config, parts, { tenants, store });
  const worker = createDeliveryWorker({ store, senders, clock: systemClock, telemetry, random: Math.random });
  const schedules = [...tenants.values()].flatMap(({ schedule }) => schedule ?? []);
  const planner = createDigestPlanner(store, systemClock, schedules);
  const { source, pipeline, note } = buildLog(parts, { store, telemetry, tenants });
  const runner = createPipelineRunner({ source, pipeline, meter: createPipelineMeter(metrics, 'deliveries') });
  const loops: (() => Promise<void>)[] = [];
  const reader = createDeliveryReader({ store, clock: systemClock, digest: nodeDigest, telemetry, note });

  return {
    addRoutes(server, authorize) {
      addDeliveryRoutes(server, { deliveries: reader, authorize });
      addTrackingRoutes(server, { tokens, store, tell, clock: systemClock, onFault: telemetry.fault });
    },
    sources: [source],
    async start() {
      await runner.start();
      loops.push(repeatWork(() => worker.turn(), turnMs, telemetry.fault));
      loops.push(repeatWork(async () => void (await planner.plan()), digestMs, telemetry.fault));
    },
    problems: () => runner.problems().map((problem) => `deliveries: ${problem}`),
    async stop() {
      await Promise.allSettled([runner.stop(), ...loops.map((stop) => stop())]);
      await worker.stop();
    },
  };
}

/** What is set up to go out, and the key of links in messages. */
async function readSettings(config: AlertsConfig, { installation, logger }: DeliveryParts) {
  const read = await readDeliveryFile(
    config.TIDEWATCH_DELIVERY_FILE,
    new Set(installation.tenants.map(({ id }) => id)),
  );
  const tokens = createLinkTokens(createSignedTokens(contactLinkKey(installation.installationKey)));
  const post = createGuardedPost({ guard: createHostGuard(read.file.allow) });
  const tenants = await buildDeliveryTenants(installation.tenants, { read, post, tokens, clock: systemClock });
  if (tenants.size === 0)
    logger.info('nothing is set up to go out: there is no TIDEWATCH_DELIVERY_FILE, or no tenant in it');
  return { tokens, tenants };
}

interface LogNeeds {
  readonly store: ReturnType<typeof createRedisDeliveryStore>;
  readonly telemetry: ReturnType<typeof createDeliveryMetrics>;
  readonly tenants: ReadonlyMap<string, DeliveryTenant>;
}

/** The tasks topic as this group reads it, and the log of who did what. */
function buildLog(shared: AlertsShared, { store, telemetry, tenants }: LogNeeds) {
  const { config, client, sink, logger, metrics, installation, topics, codecs } = shared;
  const source = createKafkaSource({
    client,
    topic: topics.tasks,
    groupId: `${config.TIDEWATCH_GROUP_PREFIX}tidewatch.deliveries`,
    sessionTimeoutMs: config.TIDEWATCH_SESSION_TIMEOUT_MS,
    whenOffsetLost: config.TIDEWATCH_WHEN_OFFSET_LOST,
    logger,
    metrics,
    group: 'deliveries',
  });
  const sealer = createAesSealer('installation', installation.installationKey.reveal());
  const pipeline = createDeliveryPipeline({
    ...{ store, clock: systemClock, telemetry, codecs, sink, deadLetterTopic: topics.eventsDeadLetter },
    subscribersOf: (tenant) => tenants.get(tenant)?.subscribers ?? [],
    sealOriginal: (bytes) => ({ keyId: sealer.keyId, sealed: sealer.seal(bytes, 'dead-letter') }),
  });
  const note = (record: AuditRecord): Promise<void> =>
    sink.publish([{ topic: topics.audit, key: record.tenant, value: codecs.audits.encode(record) }]);
  return { source, pipeline, note };
}
