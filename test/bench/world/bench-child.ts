import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rootDir } from '../../support/root-dir.ts';
import { askChild } from './ask-child.ts';

/** A process of the bench itself. */
export interface BenchChild {
  readonly child: ChildProcess;
  /** What it said when it was ready. */
  readonly ready: { readonly url?: string };
  ask<T>(question: string): Promise<T>;
  /** Ends it and waits for its end. */
  stop(): Promise<void>;
}

/** Starts `script` (a path below the checkout) and waits until it sends `{ type: 'ready' }`. */
export async function startBenchChild(script: string, env: Readonly<Record<string, string>>): Promise<BenchChild> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    cwd: rootDir,
    env: { ...process.env, ...env },
    // Standard output is the report's alone.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const ended = once(child, 'exit');
  const ready = new Promise<BenchChild['ready']>((resolve) => {
    child.on('message', (message: { type?: string; url?: string }) => {
      if (message.type === 'ready') resolve(message);
    });
  });
  const failed = ended.then(([code, signal]) => {
    throw new Error(`${script} ended with ${String(code ?? signal)} before it was ready`);
  });
  failed.catch(() => undefined);
  return {
    child,
    ready: await Promise.race([ready, failed]),
    ask: (question) => askChild(child, question),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
