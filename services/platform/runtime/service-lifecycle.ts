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
import { setTimeout as pause } from 'node:timers/promises';
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

const readyPollMs = 50;
const closeAfterFaultMs = 3000;

export class ServiceLifecycle {
  readonly #options: LifecycleOptions;
  #state: 'starting' | 'running' | 'draining' | 'ended' = 'starting';
  #service: RunningService | null = null;

  constructor(options: LifecycleOptions) {
    this.#options = options;
  }

  async start(build: () => Promise<RunningService>): Promise<void> {
    try {
      const service = await build();
      if (this.#state !== 'starting') {
        await service.stop();
        return;
      }
      this.#service = service;
      this.#state = 'running';
      await this.#announceWhenReady(service);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Drains and ends; asked a second time, ends at once. */
  requestStop(reason: string): void {
    if (this.#state === 'ended') return;
    this.#options.logger.info({ reason, state: this.#state }, 'asked to stop');
    if (this.#state === 'draining') this.#end(exitCodes.fault);
    else if (this.#service === null) this.#end(exitCodes.drained);
    else void this.#drain(this.#service);
  }

  /** Ends the service because of a fault that it cannot recover from. */
  fail(error: unknown): void {
    if (this.#state === 'ended') return;
    const { logger, name, printError } = this.#options;
    const service = this.#service;
    const code = exitCodeOf(error);
    const isReadable = service === null && error instanceof EngineError;
    if (isReadable) printError(describeFailedStart(name, error));
    if (!isReadable || code === exitCodes.fault) logger.fatal({ err: error }, 'a fault ends this service');
    this.#state = 'ended';
    void withinTime(closeAfterFaultMs, 'closing', async () => service?.stop())
      .catch((reason: unknown) => logger.warn({ err: reason }, 'could not close everything'))
      .then(() => this.#end(code));
  }

  async #announceWhenReady(service: RunningService): Promise<void> {
    while (this.#state === 'running' && !service.ready().ready) await pause(readyPollMs);
    if (this.#state !== 'running') return;
    this.#options.logger.info({ url: service.url }, 'ready');
    this.#options.announce(service);
  }

  async #drain(service: RunningService): Promise<void> {
    this.#state = 'draining';
    try {
      await withinTime(this.#options.drainTimeoutMs(), 'the drain', async () => {
        await service.drain();
        await service.stop();
      });
      if (this.#isDraining()) this.#end(exitCodes.drained);
    } catch (error) {
      if (!this.#isDraining()) return;
      this.#options.logger.error(
        { err: error },
        'not drained; what was not committed is repeated after the next start',
      );
      this.#end(exitCodes.fault);
    }
  }

  /** False once a second request or a fault has ended the service meanwhile. */
  #isDraining(): boolean {
    return this.#state === 'draining';
  }

  #end(code: ExitCode): void {
    this.#state = 'ended';
    this.#options.logger.info({ exitCode: code }, 'ended');
    this.#options.exit(code);
  }
}

function describeFailedStart(name: string, error: EngineError): string {
  const indented = error.message.replaceAll('\n', '\n  ');
  return `\ntidewatch ${name} cannot start (${error.code}):\n\n  ${indented}\n\n`;
}
