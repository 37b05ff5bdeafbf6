import type { FastifyInstance } from 'fastify';
import { createHttpServer } from '../platform/http/http-server.ts';
import { listen } from '../platform/http/listen.ts';
import { createRedisOnceStore } from '../platform/redis/redis-once-store.ts';
import { createRedisRateLimiter } from '../platform/redis/redis-rate-limiter.ts';
import type { ReadyReport } from '../platform/runtime/ready-report.ts';
import type { RunningService, ServiceContext } from '../platform/runtime/run-service.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import { watchPlan } from '../platform/runtime/watch-plan.ts';
import { createMetrics } from '../platform/telemetry/metrics.ts';
import { createSenderLimit } from './auth/limit-sender.ts';
import { addTokenRoute } from './auth/token-route.ts';
import { createBacklog } from './backlog.ts';
import { nodeInflate } from './body/inflate.ts';
import { buildAccess, type Access } from './build-access.ts';
import type { IngestConfig } from './config.ts';
import { buildParts, type IngestNeeds, type IngestParts } from './build-parts.ts';
import { addLetterRoutes } from './dead-letters/letter-routes.ts';
import { dialects } from './dialects/dialects.ts';
import { ingestLimits } from './ingest-limits.ts';
import { createIngestMetrics } from './ingest-metrics.ts';
import { ingestApi } from './ingest-operations.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';
import { addPlanRoutes } from './plan-routes.ts';
import { addQualityRoutes } from './quality/quality-routes.ts';
import { createReplayMetrics } from './replay-metrics.ts';
import { addIngestRoutes, type IngestRoutesDeps } from './routes.ts';
import { addWebhookHandshake } from './webhook-handshake.ts';

/** Longer than a request waits for Kafka, so that a drain cuts no answer off. */
const closeGraceMs = ingestLimits.acknowledgeMs + 3_000;

/** Builds ingest from its configuration: together with `build-parts.ts` all that knows which adapters it runs on. */
export async function buildIngest(config: IngestConfig, context: ServiceContext): Promise<RunningService> {
  context.useConfig(config);
  const { logger } = context;
  const metrics = createMetrics('ingest');
  const telemetry = createIngestMetrics(metrics, logger);
  const plan = await watchPlan({ path: config.TIDEWATCH_PLAN_FILE, logger, onReload: telemetry.planReloaded });
  const access = await buildAccess(config.TIDEWATCH_INSTALLATION_FILE, telemetry, systemClock);
  const { installation, tenants, requireToken } = access;
  const replayTelemetry = createReplayMetrics(metrics, telemetry);
  const needs = { metrics, telemetry, replayTelemetry, installation, tenants, plan: plan.current };
  const parts = await buildParts(config, context, needs);
  const ready = (): ReadyReport => readiness(parts);
  const server = createHttpServer({ logger, metrics, ready, closeGraceMs, api: ingestApi });
  addIngestRoutes(server, routesDeps(config, { parts, access, telemetry }));
  const audiences: string[] = [...config.TIDEWATCH_INGEST_URLS];
  addAccessRoutes(server, config, { parts, access, audiences });
  addPlanRoutes(server, { plan: plan.current, ...parts.names, requireToken });
  addQuality(server, { parts, requireToken, plan: plan.current });
  addLetterRoutes(server, { letters: parts.letters, authorize: requireToken });
  const { port, explicit } = config.TIDEWATCH_INGEST_PORT;
  const url = await listen(server, { host: config.TIDEWATCH_HOST, port, explicit });
  audiences.push(url);
  return {
    url,
    ready,
    async drain() {
      await server.close();
      await parts.desk.idle();
    },
    async stop() {
      plan.stop();
      await server.close();
      await Promise.allSettled([access.stop(), parts.stop()]);
    },
  };
}

interface RoutesParts {
  readonly parts: IngestParts;
  readonly access: Access;
  readonly telemetry: IngestTelemetry;
}

function routesDeps(config: IngestConfig, { parts, access, telemetry }: RoutesParts): IngestRoutesDeps {
  const { desk, pipeline, redis } = parts;
  return {
    ...{ dialects, pipeline, inflate: nodeInflate, desk, telemetry },
    eventsPerRequest: config.TIDEWATCH_EVENTS_PER_REQUEST,
    authenticator: access.authenticator,
    limitSender: createSenderLimit({
      limiter: createRedisRateLimiter({ redis, keyPrefix: config.TIDEWATCH_KEY_PREFIX }),
      defaultRate: defaultRate(config),
      unchecked: (error) => telemetry.limitUnchecked(error),
    }),
    backlog: createBacklog({
      unfinished: () => desk.requestsInFlight,
      now: () => systemClock.now(),
      random: Math.random,
    }),
  };
}

function addAccessRoutes(
  server: FastifyInstance,
  config: IngestConfig,
  { parts, access, audiences }: Omit<RoutesParts, 'telemetry'> & { readonly audiences: readonly string[] },
): void {
  const { redis } = parts;
  const used = createRedisOnceStore({ redis, keyPrefix: config.TIDEWATCH_KEY_PREFIX, namespace: 'assertion' });
  addWebhookHandshake(server, { authenticator: access.authenticator, defaultRate: defaultRate(config) });
  addTokenRoute(server, { ...access.tokens, used, audiences: () => audiences });
}

function defaultRate({ TIDEWATCH_RATE_LIMIT: rate }: IngestConfig): number | null {
  return rate === 0 ? null : rate;
}

function addQuality(
  server: FastifyInstance,
  {
    parts,
    requireToken,
    plan,
  }: Pick<Access, 'requireToken'> & Pick<IngestNeeds, 'plan'> & { readonly parts: IngestParts },
): void {
  const { quality, tenants } = parts;
  const { store, book } = quality;
  const targets = () => plan().quality;
  addQualityRoutes(server, { store, book, tenants, targets, now: () => systemClock.now(), requireToken });
}

function readiness({ kafka, redis }: IngestParts): ReadyReport {
  const problems = [kafka.problem(), redis.client.status === 'ready' ? null : 'Redis is not connected'];
  const reasons = problems.filter((problem) => problem !== null);
  return { ready: reasons.length === 0, reasons, partitions: [] };
}
