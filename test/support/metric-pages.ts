import { afterAll, beforeAll } from 'vitest';
import { provisionAlerts } from './alerts-installation.ts';
import { eventually } from './eventually.ts';
import { provisionEvents, type EventsInstallation } from './events-installation.ts';
import { oneIngest } from './one-ingest.ts';
import { openRedis } from './open-redis.ts';
import { startService, type ServiceProcess } from './service-process.ts';
import { testPrefix } from './test-prefix.ts';

/** As many as a topic has where nobody says otherwise: what is told by partition makes series. */
const partitions = 12;

export const serviceNames = ['ingest', 'scorer', 'alerts'] as const;
export type ServiceName = (typeof serviceNames)[number];

export interface ServicePages {
  urlOf(service: ServiceName): string;
  /** What a service shows Prometheus now. */
  page(service: ServiceName): Promise<string>;
  tokenOf(service: ServiceName): string;
  readonly ingest: ReturnType<typeof oneIngest>;
}

/**
 * The three services, really running, for all tests of a file: the scorer has events to score.
 * @param load what the scorer finds in its log
 */
export function allServices(load: { readonly customers: number; readonly events: number }): ServicePages {
  const ingest = oneIngest();
  const twin = testPrefix();
  let alertsWorld: Awaited<ReturnType<typeof provisionAlerts>>;
  let scorerWorld: EventsInstallation;
  const running: Partial<Record<ServiceName, ServiceProcess>> = {};
  beforeAll(async () => {
    alertsWorld = await provisionAlerts(partitions);
    scorerWorld = await provisionEvents({ ...load, partitions });
    const env = scorerWorld.scorerEnv(twin);
    [running.alerts, running.scorer] = await Promise.all([alertsWorld.start(), startService('scorer', env)]);
    const { url } = running.scorer;
    await eventually(
      async () => {
        const answer = await fetch(`${url}/readyz`);
        const { partitions: owned } = (await answer.json()) as { partitions: { lag: number | null }[] };
        if (owned.length < partitions || owned.some(({ lag }) => lag !== 0)) throw new Error('it has not scored all');
      },
      { timeoutMs: 240_000 },
    );
  }, 300_000);
  afterAll(async () => {
    await Promise.all(Object.values(running).map((service) => service.stop()));
    await alertsWorld.remove();
    await scorerWorld.remove();
    const { redis, remove } = await openRedis(twin);
    await remove();
    await redis.close();
  });
  const urlOf = (service: ServiceName): string => (service === 'ingest' ? ingest.url : running[service]!.url);
  return {
    ingest,
    urlOf,
    page: async (service) => (await fetch(`${urlOf(service)}/metrics`)).text(),
    tokenOf: (service) =>
      service === 'ingest' ? ingest.world.token : (service === 'scorer' ? scorerWorld : alertsWorld).token,
  };
}
