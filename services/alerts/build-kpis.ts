import { createBusinessCalendar } from '../core/events/business-day.ts';
import { currencyExponent, minorPerMajor } from '../core/events/money.ts';
import { compileKpiPlan } from '../core/kpis/compile-kpi-plan.ts';
import { digestCounting } from '../core/kpis/digest-counting.ts';
import type { KpiPlan } from '../core/kpis/kpi-plan.ts';
import { kpiRegistry } from '../core/kpis/kpi-registry.ts';
import type { DurationMs } from '../core/units.ts';
import { createAesSealer } from '../platform/crypto/aes-sealer.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import { createKafkaLogBounds } from '../platform/kafka/kafka-log-bounds.ts';
import { createKafkaSource, type KafkaLogSource } from '../platform/kafka/kafka-source.ts';
import { createRedisKpiStore } from '../platform/redis/redis-kpi-store.ts';
import { readInstallation, type Tenant } from '../platform/runtime/installation.ts';
import { createPipelineRunner } from '../platform/runtime/pipeline-runner.ts';
import { repeatWork } from '../platform/runtime/repeat-work.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import { watchKpis, type KpisWatch } from '../platform/runtime/watch-kpis.ts';
import type { AlertsPart } from './alerts-part.ts';
import type { AlertsShared } from './alerts-shared.ts';
import { createKpiGauges } from './kpi-gauges.ts';
import { createKpiMetrics } from './kpi-metrics.ts';
import { addKpiTargetGauge } from './kpi-target-gauge.ts';
import { HeldMarks } from './kpis/held-marks.ts';
import { createIdleMarkCheck } from './kpis/idle-mark-check.ts';
import type { KpiDeps } from './kpis/kpi-deps.ts';
import { createKpiPipeline } from './kpis/kpi-pipeline.ts';
import { addKpiRoutes } from './kpis/kpi-routes.ts';
import { createKpiTenantList } from './kpis/kpi-tenant-list.ts';
import type { KpiTenant, KpiTenants } from './kpis/kpi-tenant.ts';

const gaugesEveryMs: DurationMs = 15_000;
const idleCheckEveryMs: DurationMs = 15_000;

/** Builds the aggregator: the consumer group that counts KPI facts, the gauges and the route that tell what they add up to. */
export async function buildKpis(shared: AlertsShared): Promise<AlertsPart> {
  const { config, client, redis, metrics, logger, topics } = shared;
  const keyPrefix = config.TIDEWATCH_KEY_PREFIX;
  const watch = await watchKpis({ path: config.TIDEWATCH_KPIS_FILE ?? null, logger });
  const tenants = tenantsOf(shared, watch);
  const rules = digestCounting(watch.current().document.counting, nodeDigest);
  const marks = new HeldMarks();
  const source = factsSource(shared);
  source.onAssigned(() => marks.clear());
  const bounds = createKafkaLogBounds({ client, topic: topics.kpiFacts });
  const store = createRedisKpiStore({ redis, keyPrefix });
  const telemetry = createKpiMetrics({ metrics, logger, clock: systemClock, health: () => source.health() });
  const runner = createPipelineRunner({ source, pipeline: createKpiPipeline({ ...depsOf(shared), tenants, rules, store, bounds, telemetry, marks }) }); // prettier-ignore
  const checkIdle = createIdleMarkCheck({ source, store, bounds, marks, telemetry, rules });
  const readGauges = createKpiGauges({ metrics, definitions: kpiRegistry, cells: store, tenants: () => tenants.known(), clock: systemClock }); // prettier-ignore
  addKpiTargetGauge(metrics, () => tenants.known());
  let endWork = (): Promise<unknown> => Promise.resolve();
  return {
    sources: [source],
    problems: () => runner.problems().map((problem) => `kpis: ${problem}`),
    addRoutes: (server, authorize) => addKpiRoutes(server, { cells: store, tenants, clock: systemClock, authorize }),
    async start() {
      await runner.start();
      const warn = (what: string) => (err: unknown) => logger.warn({ err }, what);
      const ends = [
        repeatWork(readGauges, gaugesEveryMs, warn('the gauges of KPIs could not be read; they show what they showed')),
        repeatWork(checkIdle, idleCheckEveryMs, warn('idle partitions of KPI facts could not be compared')),
      ];
      endWork = () => Promise.all(ends.map((end) => end()));
    },
    async stop() {
      watch.stop();
      await endWork();
      await runner.stop();
      await bounds.stop();
    },
  };
}

function depsOf({
  installation,
  sink,
  codecs,
  topics,
}: AlertsShared): Pick<KpiDeps, 'sink' | 'codecs' | 'deadLetters' | 'clock' | 'sealOriginal'> {
  const sealer = createAesSealer('installation', installation.installationKey.reveal());
  return {
    sink,
    codecs: { facts: codecs.kpiFacts, deadLetters: codecs.deadLetters },
    deadLetters: topics.eventsDeadLetter,
    clock: systemClock,
    sealOriginal: (bytes) => ({ keyId: sealer.keyId, sealed: sealer.seal(bytes, 'dead-letter') }),
  };
}

function tenantsOf({ config, installation }: AlertsShared, watch: KpisWatch): KpiTenants {
  const toTenants = (all: readonly Tenant[]) => all.map((tenant) => kpiTenant(tenant, watch));
  const readAgain = async () => toTenants((await readInstallation(config.TIDEWATCH_INSTALLATION_FILE)).tenants);
  return createKpiTenantList(toTenants(installation.tenants), readAgain, systemClock);
}

/** What counting depends on is that of the start: what stands was counted by it. */
function kpiTenant({ id, timezone, currency }: Tenant, watch: KpisWatch): KpiTenant {
  const calendar = createBusinessCalendar(timezone);
  const perMajor = minorPerMajor(currencyExponent(currency) ?? 2);
  const compile = (): KpiPlan => {
    const { version, document } = watch.current();
    return compileKpiPlan(version, document, { tenant: id, minorPerMajor: perMajor });
  };
  let plan = compile();
  return {
    id,
    calendar,
    currency,
    rules: { ...plan.counting, dayOf: (ms) => calendar.dayOf(ms) },
    plan() {
      if (plan.version !== watch.current().version) plan = compile();
      return plan;
    },
  };
}

function factsSource({ config, client, topics, logger, metrics }: AlertsShared): KafkaLogSource {
  return createKafkaSource({
    client,
    topic: topics.kpiFacts,
    groupId: `${config.TIDEWATCH_GROUP_PREFIX}tidewatch.kpis`,
    sessionTimeoutMs: config.TIDEWATCH_SESSION_TIMEOUT_MS,
    whenOffsetLost: config.TIDEWATCH_WHEN_OFFSET_LOST,
    logger,
    metrics,
    group: 'kpis',
  });
}
