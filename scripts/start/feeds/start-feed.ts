import { importSource } from '../ensure-installation.ts';
import type { OrderFiles } from '../replay/order-files.ts';
import type { RunPaths } from '../run-paths.ts';
import type { RunningSystem } from '../running-system.ts';
import { createProgressBar } from '../screen/progress-bar.ts';
import type { Screen } from '../screen/screen.ts';
import type { StartArguments } from '../start-arguments.ts';
import { createNoFeed, type EventFeed } from './event-feed.ts';
import { startReplayFeed } from './replay-feed.ts';
import { startSimulatorFeed } from './simulator-feed.ts';

export interface FeedOptions {
  readonly arguments: StartArguments;
  /** The orders to replay; null without `--data`. */
  readonly files: OrderFiles | null;
  readonly system: RunningSystem;
  readonly paths: RunPaths;
  readonly screen: Screen;
}

/** Starts whatever sends this run's events. */
export async function startFeed(options: FeedOptions): Promise<EventFeed> {
  const { files, system, paths, screen } = options;
  const { tenant, writeKeys, urls, childEnv } = system;
  const { seed, rate, simulator } = options.arguments;
  if (files !== null) {
    const importId = `orders-${new Date().toISOString()}`;
    const context = { timezone: tenant.timezone, currency: tenant.currency, importId };
    const bar = createProgressBar('Replaying orders', screen.isTerminal, screen.log);
    const writeKey = writeKeys[importSource];
    return await startReplayFeed({ files, ingest: urls.ingest, writeKey, context, bar });
  }
  if (!simulator) return createNoFeed();
  const { currency } = tenant;
  return await startSimulatorFeed({ ingest: urls.ingest, seed, rate, currency, writeKeys, env: childEnv, paths });
}
