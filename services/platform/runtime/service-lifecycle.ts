/*
 * The life of a service: starting → running → draining → ended.
 *
 *   starting   `build` connects, checks and listens. Asked to stop now, there is nothing to finish: exit 0.
 *   running    announced once it is ready for the first time. It may become unready and ready again.
 *   draining   asked to stop: takes no new work, finishes and commits what is under way, closes; then exit 0.
 *              Longer than the limit, or asked a second time: exit 1, and the next start repeats what was not committed.
 *   ended      a fault at any point: no drain, because what is under way may rest on the fault; connections are closed
 *              briefly, then exit 1, or 78 where the configuration is at fault.
 */
import { EngineError } from '../../core/errors.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Logger } from '../telemetry/logger.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import type { ReadyReport } from './ready-report.ts';
import { withinTime } from './within-time.ts';

/** What a service gives to whoever runs it. */
export interface RunningService {
  /** Where its HTTP server listens, `http://host:port`. */
  readonly url: string;
  ready(): ReadyReport;
  /** Takes no new work and finishes what is under way. */
  drain(): Promise<void>;
  /** Closes every connection; called after `drain`, or alone after a fault. */
  stop(): Promise<void>;
}

export interface LifecycleOptions {
  readonly name: string;
  readonly logger: Logger;
  readonly exit: (code: ExitCode) => void;
  /** Where a person reads why the start failed. */
  readonly printError: (text: string) => void;
  /** Called once, when the service is ready for the first time. */
  readonly announce: (service: RunningService) => void;
  readonly drainTimeoutMs: () => DurationMs;
}

export interface Lifecycle {
  start(build: () => Promise<RunningService>): Promise<void>;
  /** Drains and ends; asked a second time, ends at once. */
  requestStop(reason: string): void;
  fail(error: unknown): void;
}

const readyPollMs = 50;
const closeAfterFaultMs = 3000;

export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { logger, name } = options;
  let state: 'starting' | 'running' | 'draining' | 'ended' = 'starting';
  let service: RunningService | null = null;

  function end(code: ExitCode): void {
    state = 'ended';
    logger.info({ exitCode: code }, 'ended');
    options.exit(code);
  }

  async function announceWhenReady(running: RunningService): Promise<void> {
    while (state === 'running' && !running.ready().ready) {
      await new Promise<void>((resolve) => void setTimeout(resolve, readyPollMs));
    }
    if (state !== 'running') return;
    logger.info({ url: running.url }, 'ready');
    options.announce(running);
  }

  async function drain(running: RunningService): Promise<void> {
    try {
      await withinTime(options.drainTimeoutMs(), 'the drain', async () => {
        await running.drain();
        await running.stop();
      });
      if (state === 'draining') end(exitCodes.drained);
    } catch (error) {
      if (state !== 'draining') return;
      logger.error({ err: error }, 'could not drain; what was not committed is repeated after the next start');
      end(exitCodes.fault);
    }
  }

  function fail(error: unknown): void {
    if (state === 'ended') return;
    if (error instanceof EngineError && service === null) options.printError(describeFailedStart(name, error));
    if (service !== null || exitCodeOf(error) === exitCodes.fault)
      logger.fatal({ err: error }, 'a fault ends this service');
    state = 'ended';
    const close = withinTime(closeAfterFaultMs, 'closing', async () => service?.stop());
    void close.catch(() => undefined).then(() => end(exitCodeOf(error)));
  }

  return {
    fail,
    requestStop(reason) {
      if (state === 'ended') return;
      logger.info({ reason, state }, 'asked to stop');
      if (state === 'draining') return end(exitCodes.fault);
      if (service === null) return end(exitCodes.drained);
      state = 'draining';
      void drain(service);
    },
    async start(build) {
      try {
        const running = await build();
        if (state !== 'starting') return await running.stop();
        [service, state] = [running, 'running'];
        await announceWhenReady(running);
      } catch (error) {
        fail(error);
      }
    },
  };
}

function describeFailedStart(name: string, error: EngineError): string {
  const indented = error.message.replaceAll('\n', '\n  ');
  return `\ntidewatch ${name} cannot start (${error.code}):\n\n  ${indented}\n\n`;
}
