import { topicsWithPrefix, type Topics } from '../../services/core/events/topics.ts';
import { ensureProvisioned } from '../../services/platform/provisioning/ensure-provisioned.ts';
import type { Tenant } from '../../services/platform/runtime/installation.ts';
import type { Environment } from '../../services/platform/runtime/load-config.ts';
import type { StartStackOptions } from '../stack/start-stack.ts';
import type { Stack } from '../stack/stack.ts';
import type { Cleanups } from './cleanups.ts';
import { deleteEarlierRuns } from './delete-earlier-runs.ts';
import type { EndSignal } from './end-signal.ts';
import type { DemoWriteKeys } from './demo-write-keys.ts';
import { ensureInstallation } from './ensure-installation.ts';
import { readLogEnds, reportedNames, type LogStart } from './log-scope.ts';
import { openClients, type RunClients } from './run-clients.ts';
import { loadRunConfig, type RunConfig } from './run-config.ts';
import type { RunPaths } from './run-paths.ts';
import type { RunPrefixes } from './run-prefixes.ts';
import type { Screen } from './screen/screen.ts';
import { childEnvironment } from './services/child-environment.ts';
import { startServices, type ServiceSet, type ServiceUrls } from './services/service-set.ts';

export interface SystemOptions {
  readonly stackMode: string | undefined;
  readonly startStack: (options: StartStackOptions) => Promise<Stack>;
  readonly env: Environment;
  readonly paths: RunPaths;
  readonly prefixes: RunPrefixes;
  readonly screen: Screen;
  readonly end: EndSignal;
  readonly cleanups: Cleanups;
  /** A process behind one of the services has changed. */
  readonly onChange: () => void;
}

/** Everything that has to run before the first event can be sent. */
export interface RunningSystem {
  readonly stack: Stack;
  readonly tenant: Tenant;
  /** Source → write key in clear. */
  readonly writeKeys: DemoWriteKeys;
  readonly apiToken: string;
  readonly config: RunConfig;
  readonly clients: RunClients;
  readonly topics: Topics;
  /** Where the log ended before this run. */
  readonly logStart: LogStart;
  readonly services: ServiceSet;
  readonly urls: ServiceUrls;
  /** What a child process of this run gets as its environment. */
  readonly childEnv: Readonly<Record<string, string | undefined>>;
}

/** Brings up stack, topics and services, in this order; what is up when a step fails is taken down by `cleanups`. */
export async function startSystem(options: SystemOptions): Promise<RunningSystem> {
  const { cleanups, end, paths, prefixes, screen } = options;
  const { tenant, writeKeys, apiToken } = await ensureInstallation(paths);
  const stack = await options.startStack({ mode: options.stackMode, log: (line) => screen.log(line) });
  cleanups.add('stopping the stack', () => stack.stop());
  end.signal.throwIfAborted();
  const childEnv = childEnvironment(options.env, { stack, prefixes, installation: paths.installation });
  const config = loadRunConfig(childEnv);
  const clients = await openClients(config, paths.logs, end.signal);
  cleanups.add('closing connections', () => clients.close());
  const topics = topicsWithPrefix(prefixes.topic);
  const logStart = await prepareLog({ stack, config, clients, topics, options });
  end.signal.throwIfAborted();
  screen.log('Starting ingest, scorer and alerts …');
  const services = startServices({
    env: childEnv,
    logs: paths.logs,
    log: (line) => screen.log(line),
    onChange: options.onChange,
    onFailed: (error) => end.fail(error),
    signal: end.signal,
  });
  cleanups.add('stopping the services', () => services.stop());
  const urls = await Promise.race([services.ready(), end.ended()]);
  return { stack, tenant, writeKeys, apiToken, config, clients, topics, logStart, services, urls, childEnv };
}

async function prepareLog(parts: {
  readonly stack: Stack;
  readonly config: RunConfig;
  readonly clients: RunClients;
  readonly topics: Topics;
  readonly options: SystemOptions;
}): Promise<LogStart> {
  const { clients, config, stack, topics, options } = parts;
  const { kafka: client, registry, redis, logger } = clients;
  if (stack.owned && stack.mode === 'local') {
    const deleted = await deleteEarlierRuns({ client, redis, schemaRegistry: stack.schemaRegistry });
    if (deleted.length > 0) options.screen.log(`Deleted what ${deleted.length} earlier demo and replay runs left.`);
  }
  // Which model is in force is the scorer's to say, once it has loaded one.
  await ensureProvisioned({ config, client, registry, logger, signal: options.end.signal });
  return await readLogEnds(client, reportedNames(topics));
}
