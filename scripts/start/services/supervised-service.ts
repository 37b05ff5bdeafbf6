import type { ChildProcess } from 'node:child_process';
import { EngineError } from '../../../services/core/errors.ts';
import { readLastLines } from '../../stack/local/last-lines.ts';
import { pause } from '../pause.ts';
import { endChild, startChild } from './child-process.ts';
import { decideRestart } from './restart-policy.ts';

export interface SupervisedOptions {
  readonly name: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Variable that fixes the port, so that a restarted service is found where it was. */
  readonly portVariable: string;
  readonly logFile: string;
  readonly log: (line: string) => void;
  /** A new process, or none any more, stands behind the service. */
  readonly onChange: () => void;
  /** The service is down for good. */
  readonly onFailed: (error: unknown) => void;
}

/** Longer than the services' own drain limit, so that they end by themselves first. */
const stopGraceMs = 30_000;

/** Runs `services/<name>/main.ts`, and runs it again when it ends unexpectedly. */
export class SupervisedService {
  readonly name: string;
  /** Resolves to the service's address once it is ready; rejects when it will not be. */
  readonly ready: Promise<string>;
  readonly #options: SupervisedOptions;
  readonly #announce: (url: string) => void;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  #env: SupervisedOptions['env'];
  #child: ChildProcess | null = null;

  constructor(options: SupervisedOptions) {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    // Nobody may be waiting for it any more when the service fails.
    promise.catch(() => undefined);
    this.name = options.name;
    this.ready = promise;
    this.#announce = resolve;
    this.#options = options;
    this.#env = options.env;
    this.#running = this.#superviseLives().catch((error: unknown) => {
      reject(error);
      options.onFailed(error);
    });
  }

  pid(): number | null {
    return this.#child?.pid ?? null;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#child !== null) await endChild(this.#child, stopGraceMs);
    await this.#running;
  }

  async #superviseLives(): Promise<void> {
    const { name, log, logFile } = this.#options;
    const { signal } = this.#stopping;
    for (let restarts = 0; ;) {
      const startedAt = Date.now();
      const { exitCode, how, wasReady } = await this.#live();
      if (signal.aborted) return;
      const decision = decideRestart({ exitCode, wasReady, livedMs: Date.now() - startedAt, restarts });
      if (!decision.restart) throw await describeEnd(this.#options, exitCode, decision.reason);
      log(`${name} ended (${how}); starting it again. Its log: ${logFile}`);
      restarts = decision.restarts;
      await pause(decision.afterMs, signal);
      if (signal.aborted) return;
    }
  }

  /** One process, from its start to its end. */
  async #live(): Promise<{ exitCode: number | null; how: string; wasReady: boolean }> {
    const { name, logFile, onChange, portVariable } = this.#options;
    let wasReady = false;
    const child = startChild({ file: `services/${name}/main.ts`, env: this.#env, logFile });
    this.#child = child;
    onChange();
    child.on('message', (message) => {
      const url = readyUrl(message);
      if (url === null) return;
      wasReady = true;
      this.#env = { ...this.#env, [portVariable]: new URL(url).port };
      this.#announce(url);
    });
    const exitCode = await exitOf(child);
    this.#child = null;
    this.#env = withoutFault(this.#env);
    onChange();
    return { exitCode, how: child.signalCode ?? `exit code ${child.exitCode}`, wasReady };
  }
}

/** An injected fault strikes once: the next life is for showing that nothing was lost. */
function withoutFault({ TIDEWATCH_FAULT: _struck, ...env }: SupervisedOptions['env']): SupervisedOptions['env'] {
  return env;
}

function readyUrl(message: unknown): string | null {
  const { type, url } = message as { type?: unknown; url?: unknown };
  return type === 'ready' && typeof url === 'string' ? url : null;
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(1));
  });
}

async function describeEnd(options: SupervisedOptions, exitCode: number | null, reason: string): Promise<EngineError> {
  const lines = await readLastLines(options.logFile, 20);
  const message = `${options.name} is down: ${reason}. The end of ${options.logFile}:\n${lines}`;
  const code = exitCode === 78 ? 'ERR_CONFIG_INVALID' : 'ERR_INTERNAL';
  return new EngineError(code, message, { retryable: false, context: { service: options.name } });
}
