import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rootDir } from './root-dir.ts';

export interface ServiceProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** What the process printed so far. */
  output(): string;
  /** Asks it to drain; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** kill -9. */
  kill(): Promise<void>;
  /** Resolves with exit code and signal once it has ended by itself. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts `services/<name>/main.ts` as its own process and waits until it says that it is ready. */
export async function startService(name: string, env: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const service = spawnService(name, env);
  const ready = new Promise<string>((resolve) => {
    service.child.on('message', (message: { type?: string; url?: string }) => {
      if (message.type === 'ready' && message.url !== undefined) resolve(message.url);
    });
  });
  const ended = service.ended.then(({ code, signal }) => {
    throw new Error(`${name} ended with ${code ?? signal} before it was ready:\n${service.output().slice(-4000)}`);
  });
  // The process may end later, when nobody waits for it to become ready any more.
  ended.catch(() => undefined);
  return { ...service, url: await Promise.race([ready, ended]) };
}

/**
 * Starts a service without waiting; for those that are expected to fail or to be killed.
 * @param env on top of the environment of the tests; undefined takes a variable away
 */
export function spawnService(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Omit<ServiceProcess, 'url'> {
  const inherited = Object.entries(process.env).filter(
    ([key]) => !key.startsWith('TIDEWATCH_') && key !== 'NODE_OPTIONS',
  );
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', `services/${name}/main.ts`], {
    cwd: rootDir,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  return {
    child,
    output: () => output,
    ended,
    async stop() {
      child.kill('SIGTERM');
      return (await ended).code;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
