import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface ServiceProcess {
  readonly child: ChildProcess;
  /** Everything written so far to standard output and standard error. */
  stdout(): string;
  stderr(): string;
  /** The first message it sends over IPC. */
  readonly message: Promise<unknown>;
  readonly exitCode: Promise<number | null>;
}

/** Runs a service of the fixtures as a process of its own, with nothing in its environment but what is given. */
export function startService(fixture: string, env: Record<string, string> = {}): ServiceProcess {
  const path = new URL(`./fixtures/${fixture}.ts`, import.meta.url);
  const child = fork(path, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
  let [stdout, stderr] = ['', ''];
  // Not the event 'close': it never comes after the parent has disconnected the channel itself.
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const ended = [child.stdout, child.stderr].map((stream) => stream && once(stream, 'end'));
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    message: new Promise((resolve) => void child.once('message', resolve)),
    exitCode: Promise.all([exit, ...ended]).then(([[code]]) => code),
  };
}
