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
  readonly onFailed: (error: EngineError) => void;
}

export interface SupervisedService {
  readonly name: string;
  /** Resolves to the service's address once it is ready; rejects when it will not be. */
  readonly ready: Promise<string>;
  pid(): number | null;
  stop(): Promise<void>;
}

/** Longer than the services' own drain limit, so that they end by themselves first. */
const stopGraceMs = 30_000;

/** Runs `services/<name>/main.ts`, and runs it again when it ends unexpectedly. */
export function superviseService(options: SupervisedOptions): SupervisedService {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const stopping = new AbortController();
  let child: ChildProcess | null = null;
  let env = options.env;

  const run = async (): Promise<void> => {
    for (let restarts = 0; ;) {
      const startedAt = Date.now();
      let wasReady = false;
      const life = startChild({ file: `services/${options.name}/main.ts`, env, logFile: options.logFile });
      child = life;
      options.onChange();
      life.on('message', (message) => {
        const url = readyUrl(message);
        if (url === null) return;
        wasReady = true;
        env = forNextLife(options, url);
        resolve(url);
      });
      const exitCode = await exitOf(life);
      child = null;
      options.onChange();
      if (stopping.signal.aborted) return;
      const decision = decideRestart({ exitCode, wasReady, livedMs: Date.now() - startedAt, restarts });
      if (!decision.restart) throw await describeEnd(options, exitCode, decision.reason);
      options.log(`${options.name} ended (${endOf(life)}); starting it again.`);
      restarts = decision.restarts;
      await pause(decision.afterMs, stopping.signal);
      if (stopping.signal.aborted) return;
    }
  };

  promise.catch(() => undefined);
  const running = run().catch((error: EngineError) => {
    reject(error);
    options.onFailed(error);
  });
  return {
    name: options.name,
    ready: promise,
    pid: () => child?.pid ?? null,
    stop: async () => {
      stopping.abort();
      if (child !== null) await endChild(child, stopGraceMs);
      await running;
    },
  };
}

/** The same port, and no second strike of an injected fault. */
function forNextLife(options: SupervisedOptions, url: string): SupervisedOptions['env'] {
  const { TIDEWATCH_FAULT: _struck, ...env } = options.env;
  return { ...env, [options.portVariable]: new URL(url).port };
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

function endOf(child: ChildProcess): string {
  return child.signalCode === null ? `exit code ${child.exitCode}` : child.signalCode;
}

async function describeEnd(options: SupervisedOptions, exitCode: number | null, reason: string): Promise<EngineError> {
  const lines = await readLastLines(options.logFile, 20);
  const message = `${options.name} is down: ${reason}. The end of ${options.logFile}:\n${lines}`;
  const code = exitCode === 78 ? 'ERR_CONFIG_INVALID' : 'ERR_INTERNAL';
  return new EngineError(code, message, { retryable: false, context: { service: options.name } });
}
