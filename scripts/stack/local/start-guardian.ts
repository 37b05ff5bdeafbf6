import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';

export interface Guardian {
  readonly pid: number;
  /** Closes the pipe, as our own end would, and waits until the guardian has done what the record asks for. */
  release(): Promise<void>;
}

/** Starts the process that outlives us and ends what the record names if we do not. */
export function startGuardian(recordPath: string): Guardian {
  const script = join(import.meta.dirname, 'guardian.ts');
  const guardian = spawn(process.execPath, [script, recordPath], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => {
    guardian.once('exit', () => resolve());
    guardian.once('error', () => resolve());
  });
  guardian.unref();
  const { stdin } = guardian;
  stdin.on('error', () => undefined);
  // The pipe must not keep us alive. It is a socket underneath, which its type does not tell.
  if (stdin instanceof Socket) stdin.unref();
  return {
    pid: guardian.pid ?? 0,
    async release() {
      guardian.ref();
      stdin.destroy();
      await ended;
    },
  };
}
