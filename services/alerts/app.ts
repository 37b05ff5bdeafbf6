import { followTokens } from '../platform/http/follow-tokens.ts';
import { createHttpServer } from '../platform/http/http-server.ts';
import { listen } from '../platform/http/listen.ts';
import type { PulseAges } from '../platform/kafka/consumer-pulse.ts';
import { readAndFollow } from '../platform/runtime/follow-installation.ts';
import type { ReadyReport } from '../platform/runtime/ready-report.ts';
import { reportReadiness } from '../platform/runtime/report-readiness.ts';
import type { RunningService, ServiceContext } from '../platform/runtime/run-service.ts';
import { createMetrics } from '../platform/telemetry/metrics.ts';
import { alertsApi } from './alerts-operations.ts';
import type { AlertsPart } from './alerts-part.ts';
import type { AlertsShared } from './alerts-shared.ts';
import { buildDeliveries } from './build-deliveries.ts';
import { buildEffects } from './build-effects.ts';
import { buildKpis } from './build-kpis.ts';
import { buildLoyalty } from './build-loyalty.ts';
import { buildService } from './build-service.ts';
import { buildShared } from './build-shared.ts';
import { buildTasks } from './build-tasks.ts';
import type { AlertsConfig } from './config.ts';

/** Builds alerts from its configuration: its parts, on shared connections, behind one server. */
export async function buildAlerts(config: AlertsConfig, context: ServiceContext): Promise<RunningService> {
  context.useConfig(config);
  const { logger } = context;
  const read = await readAndFollow(config.TIDEWATCH_INSTALLATION_FILE);
  const metrics = createMetrics('alerts');
  const shared = await buildShared(config, context, { installation: read.installation, metrics });
  const fail = (error: unknown): void => context.fail(error instanceof Error ? error : new Error(String(error)));
  const parts = await buildParts(shared, fail);
  for (const source of parts.flatMap(({ sources }) => sources)) source.onFatal(fail);
  const ready = (): ReadyReport => readiness(shared, parts);
  const server = createHttpServer({ logger, metrics, ready, api: alertsApi });
  const tokens = followTokens(read, { logger, metrics });
  for (const part of parts) part.addRoutes(server, tokens.authorize);
  const { port, explicit } = config.TIDEWATCH_ALERTS_PORT;
  const url = await listen(server, { host: config.TIDEWATCH_HOST, port, explicit });
  for (const part of parts) await part.start();
  const endParts = async (): Promise<void> => void (await Promise.all(parts.map((part) => part.stop())));
  return {
    url,
    ready,
    drain: endParts,
    async stop() {
      await Promise.allSettled([endParts(), server.close(), tokens.stop()]);
      await Promise.allSettled([shared.sink.stop(), shared.redis.close()]);
    },
  };
}

/** In the order in which they start. */
async function buildParts(shared: AlertsShared, fail: (error: unknown) => void): Promise<readonly AlertsPart[]> {
  const effects = buildEffects(shared);
  const service = await buildService(shared);
  const tasks = await buildTasks(shared, { harms: (tenant) => effects.view.suppressed(tenant), service, fail });
  return [effects, tasks, await buildLoyalty(shared), await buildKpis(shared), await buildDeliveries(shared)];
}

function readiness({ redis }: AlertsShared, parts: readonly AlertsPart[]): ReadyReport {
  const sources = parts.flatMap((part) => part.sources);
  return reportReadiness({
    partitions: sources.flatMap((source) => source.health()),
    problems: parts.flatMap((part) => part.problems()),
    isStoreConnected: redis.client.status === 'ready',
    pulse: oldestPulse(sources.map((source) => source.pulse())),
  });
}

/** The group that was heard of longest ago; null while one has not joined. */
function oldestPulse(pulses: readonly (PulseAges | null)[]): PulseAges | null {
  const joined = pulses.filter((pulse) => pulse !== null);
  if (joined.length < pulses.length) return null;
  return {
    heartbeatAgeMs: Math.max(...joined.map(({ heartbeatAgeMs }) => heartbeatAgeMs)),
    loopAgeMs: Math.max(...joined.map(({ loopAgeMs }) => loopAgeMs)),
  };
}
