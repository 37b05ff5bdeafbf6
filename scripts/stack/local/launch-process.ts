import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessSpec } from './process-spec.ts';
import { identifyProcess } from './process-identity.ts';
import type { RecordedProcess } from './stack-record.ts';

export interface LaunchedProcess {
  readonly recorded: RecordedProcess;
  readonly logFile: string;
  /** How it ended by itself, or null while it runs. */
  ended(): string | null;
  /** Resolves when it has ended. */
  readonly end: Promise<number | null>;
  /** Lets our own process end while this one runs on. */
  letGo(): void;
}

/**
 * Starts a program in a session of its own, so that a Ctrl-C in the terminal reaches the services first and the stack
 * only when it is stopped on purpose. Its output goes to `logs/NAME.log`; the log before stays as `NAME.previous.log`.
 */
export async function launchProcess(spec: ProcessSpec, logs: string): Promise<LaunchedProcess> {
  await mkdir(logs, { recursive: true });
  const logFile = join(logs, `${spec.name}.log`);
  await rename(logFile, join(logs, `${spec.name}.previous.log`)).catch(() => undefined);
  const output = openSync(logFile, 'a');
  const env = { ...process.env, ...spec.env };
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env,
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  let ending: string | null = null;
  const end = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      ending = `${spec.name} could not be started: ${error.message}`;
      resolve(null);
    });
    child.once('exit', (code, signal) => {
      ending = `${spec.name} ended ${signal === null ? `with exit code ${code}` : `by ${signal}`}`;
      resolve(code);
    });
  });
  const identity = child.pid === undefined ? null : await identifyProcess(child.pid);
  const { name, graceMs } = spec;
  const recorded = { pid: identity?.pid ?? 0, startedAt: identity?.startedAt ?? '', name, graceMs };
  return { recorded, logFile, ended: () => ending, end, letGo: () => child.unref() };
}
