import { randomUUID } from 'node:crypto';
import type { AuditRecord } from '../core/audit/audit-record.ts';
import type { RetentionCommand } from '../core/commands/retention-command.ts';
import { createBusinessCalendar } from '../core/events/business-day.ts';
import type { CustomerRecord } from '../core/events/customer-record.ts';
import { currencyExponent, minorPerMajor } from '../core/events/money.ts';
import { topicsWithPrefix } from '../core/events/topics.ts';
import { featureNames } from '../core/features/feature-catalogue.ts';
import { parseCustomerId } from '../core/identity/parse-customer-id.ts';
import { surrogateId } from '../core/identity/surrogate-id.ts';
import { compileLoyaltyRules, type LoyaltyRules } from '../core/loyalty/loyalty-rules.ts';
import { placesOf } from '../core/playbooks/places-of.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import { createKafkaSource, type KafkaLogSource } from '../platform/kafka/kafka-source.ts';
import { createRedisDueCustomers } from '../platform/redis/redis-due-customers.ts';
import { createRedisStateStore } from '../platform/redis/redis-state-store.ts';
import type { Tenant } from '../platform/runtime/installation.ts';
import { PartitionLanes } from '../platform/runtime/partition-lanes.ts';
import { createPipelineMeter } from '../platform/runtime/pipeline-meter.ts';
import { createPipelineRunner } from '../platform/runtime/pipeline-runner.ts';
import { readSegments } from '../platform/runtime/read-segments.ts';
import { repeatWork } from '../platform/runtime/repeat-work.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import { watchLoyalty, type LoyaltyWatch } from '../platform/runtime/watch-loyalty.ts';
import { buildLevelSender } from './build-level-sender.ts';
import type { AlertsPart } from './alerts-part.ts';
import type { AlertsShared } from './alerts-shared.ts';
import { createLoyaltyMetrics } from './loyalty-metrics.ts';
import { sweepLevels, type LevelSender } from './loyalty/level-sweep.ts';
import type { LoyaltyDeps } from './loyalty/loyalty-deps.ts';
import { createLoyaltyPipeline } from './loyalty/loyalty-pipeline.ts';
import { addLoyaltyRoutes } from './loyalty/loyalty-routes.ts';
import type { LoyaltyTenant } from './loyalty/loyalty-tenant.ts';

const sweepEveryMs = 5_000;
/** With more than so many records left to read, levels are not told: they would be those of the past. */
const caughtUpRecords = 1_000;

/** Builds the consumer group, the sweep and the routes of points and levels. */
export async function buildLoyalty(parts: AlertsShared): Promise<AlertsPart> {
  const { config, logger, metrics } = parts;
  const { document } = await readSegments(config.TIDEWATCH_SEGMENTS_FILE ?? null, featureNames);
  const { stages } = placesOf(document);
  const watch = await watchLoyalty({ path: config.TIDEWATCH_LOYALTY_FILE ?? null, stages, logger });
  const deps = await loyaltyDeps(parts, watch);
  const lanes = new PartitionLanes();
  const source = loyaltySource(parts, deps.topics);
  const runner = createPipelineRunner({
    ...{ source, lanes, pipeline: createLoyaltyPipeline(deps) },
    meter: createPipelineMeter(metrics, 'points'),
  });
  const { TIDEWATCH_INGEST_URL: url, TIDEWATCH_DELIVERY_WRITE_KEY: writeKeys } = config;
  const sender = buildLevelSender({ installation: parts.installation, logger, url, writeKeys });
  let endSweep = (): Promise<void> => Promise.resolve();
  metrics.gauge('tidewatch_loyalty_rules_info', 'Always 1; the label is the version at the start.', ['version']).set({ version: watch.current().version }, 1); // prettier-ignore
  return {
    sources: [source],
    problems: () => runner.problems().map((problem) => `loyalty: ${problem}`),
    addRoutes(server, authorize) {
      const { store, sink, clock, digest, tenants } = deps;
      const commands = { codec: deps.codecs.commands, topic: deps.topics.commands, newId: randomUUID };
      addLoyaltyRoutes(server, { store, sink, clock, digest, tenants, ...commands, authorize });
    },
    async start() {
      await runner.start();
      if (sender === null) return;
      const undone = (err: unknown): void =>
        logger.warn({ err }, 'changes of member levels were not told; tried again');
      endSweep = repeatWork(() => sweepOwned({ deps, sender, source, lanes }), sweepEveryMs, undone);
    },
    async stop() {
      watch.stop();
      await endSweep();
      await runner.stop();
    },
  };
}

interface SweepParts {
  readonly deps: LoyaltyDeps;
  readonly sender: LevelSender;
  readonly source: KafkaLogSource;
  readonly lanes: PartitionLanes;
}

/** Every owned partition to the end, page by page; between two pages a chunk that waits has its turn. */
async function sweepOwned({ deps, sender, source, lanes }: SweepParts): Promise<void> {
  const owned = Map.groupBy(source.health(), ({ partition }) => partition);
  for (const [partition, logs] of owned) {
    const isCaughtUp = logs.every(({ lag }) => lag !== null && lag <= caughtUpRecords);
    while (isCaughtUp && (await lanes.run(partition, () => sweepLevels({ ...deps, sender }, partition)))) continue;
  }
}

async function loyaltyDeps(parts: AlertsShared, watch: LoyaltyWatch): Promise<LoyaltyDeps> {
  const { config, installation, registry, redis, sink, logger, metrics } = parts;
  const { events, commands, audit } = topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX);
  const keyPrefix = config.TIDEWATCH_KEY_PREFIX;
  return {
    store: createRedisStateStore({ redis, keyPrefix, namespace: 'loyalty' }),
    due: createRedisDueCustomers({ redis, keyPrefix, namespace: 'loyalty' }),
    sink,
    digest: nodeDigest,
    clock: systemClock,
    telemetry: createLoyaltyMetrics({ metrics, logger }),
    tenants: new Map(installation.tenants.map((tenant) => [tenant.id, loyaltyTenant(tenant, watch)])),
    codecs: {
      events: await registry.codec<CustomerRecord>(events, 'customer-event'),
      commands: await registry.codec<RetentionCommand>(commands, 'retention-command'),
      audit: await registry.codec<AuditRecord>(audit, 'audit-record'),
    },
    topics: { events, commands, audit },
  };
}

function loyaltyTenant({ id, timezone, currency, pseudonymKey }: Tenant, watch: LoyaltyWatch): LoyaltyTenant {
  const minor = minorPerMajor(currencyExponent(currency) ?? 2);
  let rules: LoyaltyRules | null = null;
  return {
    id,
    currency,
    minorPerMajor: minor,
    calendar: createBusinessCalendar(timezone),
    rules() {
      const { version, document } = watch.current();
      if (rules?.version !== version) rules = compileLoyaltyRules(version, document, minor);
      return rules;
    },
    surrogateOf(text) {
      const named = parseCustomerId(text);
      if (named === null) return null;
      return named.by === 'surrogate'
        ? named.surrogate
        : surrogateId(nodeDigest, pseudonymKey, named.idType, named.canonicalId);
    },
  };
}

function loyaltySource(
  { config, client, logger, metrics }: AlertsShared,
  { events, commands }: LoyaltyDeps['topics'],
): KafkaLogSource {
  return createKafkaSource({
    client,
    topics: [events, commands],
    groupId: `${config.TIDEWATCH_GROUP_PREFIX}tidewatch.loyalty`,
    sessionTimeoutMs: config.TIDEWATCH_SESSION_TIMEOUT_MS,
    whenOffsetLost: config.TIDEWATCH_WHEN_OFFSET_LOST,
    logger,
    metrics,
    group: 'loyalty',
  });
}
