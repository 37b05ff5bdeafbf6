import { createLogger } from '../telemetry/logger.ts';
import type { Logger } from '../telemetry/logger.ts';
import { redactConfig } from './redact-config.ts';
import { ServiceLifecycle } from './service-lifecycle.ts';
import type { RunningService } from './service-lifecycle.ts';

export type { RunningService } from './service-lifecycle.ts';

/** The settings that running a service depends on; part of every service's configuration. */
export interface LifecycleConfig {
  readonly TIDEWATCH_LOG_LEVEL: string;
  readonly TIDEWATCH_DRAIN_TIMEOUT_MS: number;
}

export interface ServiceContext {
  readonly name: string;
  readonly logger: Logger;
  /** Aborted when the service is asked to stop; waiting for a missing dependency ends then. */
  readonly signal: AbortSignal;
  /** Takes over log level and drain limit, and logs the effective configuration. Call it first, once. */
  useConfig(config: LifecycleConfig): void;
  /** A fault that the service cannot recover from: the process ends with exit code 1 (78 for configuration). */
  fail(error: unknown): void;
}

const defaultDrainTimeoutMs = 20_000;

/**
 * Runs a service as this process: start → ready → drain → stop. SIGTERM, SIGINT and the loss of the parent's IPC
 * channel drain it. Once ready it sends `{ type: 'ready', url }` to a parent that listens over IPC.
 * Exit codes: 0 drained, 1 fault, 78 configuration.
 */
export async function runService(
  name: string,
  build: (context: ServiceContext) => Promise<RunningService>,
): Promise<void> {
  const logger = createLogger({ name, level: 'info' });
  const stopping = new AbortController();
  let drainTimeoutMs = defaultDrainTimeoutMs;
  const lifecycle = new ServiceLifecycle({
    name,
    logger,
    exit: (code) => process.exit(code),
    printError: (text) => void process.stderr.write(text),
    announce: ({ url }) => void process.send?.({ type: 'ready', url }),
    drainTimeoutMs: () => drainTimeoutMs,
  });
  listenToProcess(lifecycle, stopping);
  const context: ServiceContext = {
    name,
    logger,
    signal: stopping.signal,
    useConfig(config) {
      logger.level = config.TIDEWATCH_LOG_LEVEL;
      drainTimeoutMs = config.TIDEWATCH_DRAIN_TIMEOUT_MS;
      logger.info({ config: redactConfig({ ...config }) }, 'starting');
    },
    fail: (error) => lifecycle.fail(error),
  };
  await lifecycle.start(() => build(context));
}

function listenToProcess(lifecycle: ServiceLifecycle, stopping: AbortController): void {
  const stop = (reason: string) => (): void => {
    stopping.abort();
    lifecycle.requestStop(reason);
  };
  process.on('SIGTERM', stop('SIGTERM'));
  process.on('SIGINT', stop('SIGINT'));
  process.on('disconnect', stop('the parent process is gone'));
  process.on('uncaughtException', (error) => lifecycle.fail(error));
  process.on('unhandledRejection', (reason) => lifecycle.fail(reason));
}
