import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EngineError } from '../../services/core/errors.ts';
import { pickPorts } from '../stack/local/pick-ports.ts';
import { installMonitoring } from './install-monitoring.ts';

export interface PrometheusStart {
  /** Folder of its own: configuration and series are written there, and stay when it ends. */
  readonly directory: string;
  /** The configuration as YAML; relative paths of rule files count from `directory`. */
  readonly config: string;
  /** Further options, such as `--storage.tsdb.retention.time=1y`. */
  readonly args?: readonly string[];
  readonly log?: (line: string) => void;
}

export interface StartedPrometheus {
  /** `http://127.0.0.1:PORT`, without a path. */
  readonly url: string;
  readonly pid: number;
  /** What it has logged so far. */
  output(): string;
  /** Ends it by its process id, by force where it does not end by itself; may be called twice. */
  stop(): Promise<void>;
}

/** Left alone: it belongs to whoever watches this machine, and several of ours may start at once. */
const usualPort = 9090;
const readyWithinMs = 60_000;
const graceMs = 10_000;
const pollMs = 50;
const startsAtMost = 5;

/**
 * Starts a real Prometheus on a free loopback port and waits until it is ready; the programs are installed first where
 * they are not. It takes reloads at `POST /-/reload`.
 * @throws EngineError ERR_STACK_UNAVAILABLE with what it logged, when it ends or is not ready in time
 */
export async function startPrometheus(start: PrometheusStart): Promise<StartedPrometheus> {
  const { prometheus } = await installMonitoring({ log: start.log ?? (() => undefined) });
  const directory = resolve(start.directory);
  await mkdir(directory, { recursive: true });
  const config = join(directory, 'prometheus.yml');
  await writeFile(config, start.config);
  for (let attempt = 1; ; attempt += 1) {
    const { port } = await pickPorts({ port: usualPort }, [usualPort]);
    const url = `http://127.0.0.1:${port}`;
    const started = launch(prometheus, directory, url, [...options(directory, config, port), ...(start.args ?? [])]);
    const failure = await waitUntilReady(started, directory);
    if (failure === null) return started;
    await started.stop();
    // Somebody else may have taken the port since it was picked.
    if (attempt < startsAtMost && started.output().includes('address already in use')) continue;
    throw new EngineError('ERR_STACK_UNAVAILABLE', `Prometheus ${failure}. It said:\n${started.output()}`, {
      retryable: false,
    });
  }
}

function options(directory: string, config: string, port: number): string[] {
  return [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(directory, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--web.enable-lifecycle',
    '--web.enable-admin-api',
    '--log.level=warn',
  ];
}

interface Launched extends StartedPrometheus {
  hasEnded(): boolean;
}

function launch(program: string, cwd: string, url: string, args: readonly string[]): Launched {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-keptOutputChars));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.once('error', (error) => (output += error.message));
  const hasEnded = (): boolean => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  return { url, pid: child.pid ?? 0, output: () => output, hasEnded, stop: () => end(child, hasEnded) };
}

const keptOutputChars = 20_000;

async function end(child: ChildProcess, hasEnded: () => boolean): Promise<void> {
  if (hasEnded()) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exit;
  clearTimeout(force);
}

/** Null once it is ready, else what kept it from being so. */
async function waitUntilReady(started: Launched, directory: string): Promise<string | null> {
  const deadline = performance.now() + readyWithinMs;
  const cwd = await realpath(directory);
  while (performance.now() < deadline) {
    if (started.hasEnded()) return 'ended at once';
    if ((await fetch(`${started.url}/-/ready`).catch(() => null))?.ok && (await isIn(cwd, started.url))) return null;
    await pause(pollMs);
  }
  return `was not ready within ${readyWithinMs} ms`;
}

/** Whether who answers there is ours: it runs in the folder that we gave it. */
async function isIn(cwd: string, url: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/v1/status/runtimeinfo`).catch(() => null);
  const body = (await answer?.json().catch(() => null)) as { data?: { CWD?: string } } | null | undefined;
  return body?.data?.CWD === cwd;
}
