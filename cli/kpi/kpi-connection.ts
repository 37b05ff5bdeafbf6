import { join } from 'node:path';
import { minorPerMajor, currencyExponent } from '../../services/core/events/money.ts';
import { compileKpiPlan } from '../../services/core/kpis/compile-kpi-plan.ts';
import type { KpiPlan } from '../../services/core/kpis/kpi-plan.ts';
import { CellSource } from '../../services/core/kpis/scorecard/cell-source.ts';
import type { KpiStore } from '../../services/core/ports/kpi-store.ts';
import { createRedis } from '../../services/platform/redis/redis-client.ts';
import { createRedisKpiStore } from '../../services/platform/redis/redis-kpi-store.ts';
import { readKpis } from '../../services/platform/runtime/read-kpis.ts';
import { readConnections } from '../../services/platform/runtime/read-connections.ts';
import { loadConfig } from '../../services/platform/runtime/load-config.ts';
import { retryWhileRetryable } from '../../services/platform/runtime/retry.ts';
import { toolConfig } from '../../services/platform/runtime/tool-config.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import type { CliIo } from '../cli-io.ts';
import { findTarget, type Target } from '../import/target.ts';
import { readLocalRun } from '../read-local-run.ts';
import { usageError } from '../usage-error.ts';

export interface KpiOptions {
  readonly tenant?: string;
  readonly directory: string;
  /** File of weights, targets and owners. */
  readonly plan?: string;
}

/** What KPIs are read with: the tenant, its plan and the cells. */
export interface KpiConnection {
  readonly target: Target;
  readonly plan: KpiPlan;
  readonly source: CellSource;
  readonly store: KpiStore;
  close(): Promise<void>;
}

const answerWithinMs = 10_000;

/** Connects to the Redis that the cells are counted in; the plan is that of the option, the environment, or the shipped one. */
export async function openKpis(options: KpiOptions, io: CliIo): Promise<KpiConnection> {
  const target = await findTarget(options, io);
  const plan = await readPlan(options, io, target);
  const { address, keyPrefix } = await findRedis(options, io);
  const redis = createRedis({
    ...address,
    logger: createLogger({ name: 'kpi', level: 'fatal', destination: io.stderr }),
  });
  try {
    await retryWhileRetryable(() => redis.check(), { maxTimeMs: answerWithinMs });
  } catch (error) {
    await redis.close();
    throw error;
  }
  const store = createRedisKpiStore({ redis, keyPrefix });
  return { target, plan, store, source: new CellSource(store, target.tenant), close: () => redis.close() };
}

async function readPlan(options: KpiOptions, { env }: CliIo, { tenant, currency }: Target): Promise<KpiPlan> {
  const { version, document } = await readKpis(options.plan ?? (env['TIDEWATCH_KPIS_FILE'] || null));
  return compileKpiPlan(version, document, { tenant, minorPerMajor: minorPerMajor(currencyExponent(currency) ?? 2) });
}

async function findRedis({ directory }: KpiOptions, { env }: CliIo) {
  const run = (await readLocalRun(join(directory, 'run.json'))) ?? {};
  const url = env['REDIS_URL'] || run.redis;
  if (!url) throw usageError('No Redis is known: set REDIS_URL, or run `npm start` beside this.');
  const config = loadConfig(toolConfig, {
    ...env,
    KAFKA_BROKERS: env['KAFKA_BROKERS'] || run.kafka,
    SCHEMA_REGISTRY_URL: env['SCHEMA_REGISTRY_URL'] || run.schemaRegistry,
    REDIS_URL: url,
  });
  // A run of its own gives topics and keys one prefix, unless the environment says otherwise.
  const keyPrefix = env['TIDEWATCH_KEY_PREFIX'] ?? run.topicPrefix ?? '';
  return { address: readConnections(config).redis, keyPrefix };
}
