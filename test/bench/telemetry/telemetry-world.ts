import { join } from 'node:path';
import { createInstallation } from '../../../services/platform/runtime/installation.ts';
import { type ServiceProcess, startService } from '../../support/service-process.ts';
import type { LoadTarget } from '../ingest/http-load.ts';
import { type BenchChild, startBenchChild } from '../world/bench-child.ts';
import type { BenchWorld } from '../world/bench-world.ts';
import { type ServiceName, services } from './scrape.ts';

/** The three services on topics of their own, each reading what the one before writes, and who scrapes them. */
export interface TelemetryWorld {
  readonly ingest: LoadTarget;
  readonly urls: Readonly<Record<ServiceName, string>>;
  readonly token: string;
  readonly scraper: BenchChild;
  /** Events that ingest took so far; each has one score. */
  sent: number;
}

/** Starts everything for `use` and stops it after. */
export async function withServices<T>(
  world: BenchWorld,
  pace: number,
  use: (running: TelemetryWorld) => Promise<T>,
): Promise<T> {
  const { env, writeKey, token } = await installation(world);
  const running: ServiceProcess[] = [];
  const children: BenchChild[] = [];
  try {
    for (const name of services) running.push(await startService(name, env));
    const urls = Object.fromEntries(services.map((name, i) => [name, running[i].url])) as Record<ServiceName, string>;
    const control = await startBenchChild('test/bench/telemetry/fixed-page.ts', {});
    children.push(control);
    const pages = Object.entries({ ...urls, 'fixed-page': control.ready.url ?? '' });
    const scraper = await startBenchChild('test/bench/telemetry/scraper.ts', {
      SCRAPE_URLS: JSON.stringify(Object.fromEntries(pages.map(([name, url]) => [name, `${url}/metrics`]))),
      SCRAPE_PACE: String(pace),
    });
    children.push(scraper);
    return await use({ ingest: { url: urls.ingest, writeKey }, urls, token, scraper, sent: 0 });
  } finally {
    for (const child of children.reverse()) await child.stop();
    for (const service of running) await service.stop();
  }
}

async function installation(world: BenchWorld) {
  const file = join(world.dir, 'telemetry-installation.json');
  const { writeKeys, token } = await createInstallation(file);
  const twin = world.newTwin();
  const { TIDEWATCH_OUTPUT_TOPIC_PREFIX: _apart, ...scorerEnv } = world.scorerEnv(twin);
  const env = {
    ...scorerEnv,
    ...world.alertsEnv(twin),
    TIDEWATCH_INGEST_PORT: '0',
    TIDEWATCH_INSTALLATION_FILE: file,
  };
  return { env, writeKey: writeKeys['web'], token };
}
