import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkoutRoot } from '../../checkout-root.ts';

export interface ChildOptions {
  /** Entry file, relative to the checkout. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output and error go to its end. */
  readonly logFile: string;
}

/**
 * Starts one of our own processes with an IPC channel: when we die, however we die, the channel closes and it drains
 * itself. It leads a process group of its own, because a Ctrl-C in the terminal is for us alone: we stop the others in
 * order.
 */
export function startChild(options: ChildOptions): ChildProcess {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  try {
    return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', options.file, ...(options.args ?? [])], {
      cwd: checkoutRoot,
      env: options.env,
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
}

/** Asks a child to end, and kills it when it has not ended in time. Resolves when it is gone. */
export async function endChild(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await gone;
  clearTimeout(timer);
}
