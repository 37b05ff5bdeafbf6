import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import type { Stream } from 'node:stream';
import { EngineError } from '../../../services/core/errors.ts';

export interface Guardian {
  readonly pid: number;
  /** Closes the pipe, as our own end would, and waits until the guardian has done what the record asks for. */
  release(): Promise<void>;
}

/** Starts the process that outlives us and ends what the record names if we do not; resolves once it is on guard. */
export async function startGuardian(recordPath: string): Promise<Guardian> {
  const script = join(import.meta.dirname, 'guardian.ts');
  const guardian = spawn(process.execPath, [script, recordPath], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => {
    guardian.once('exit', () => resolve());
    guardian.once('error', () => resolve());
  });
  const { stdin, stdout } = guardian;
  stdin.on('error', () => undefined);
  const isOnGuard = await Promise.race([once(stdout, 'data').then(() => true), ended.then(() => false)]);
  if (!isOnGuard) {
    const message = `The guardian of the stack (${script}) ended at once; nothing else was started.`;
    throw new EngineError('ERR_STACK_UNAVAILABLE', message, { retryable: false });
  }
  guardian.unref();
  for (const pipe of [stdin, stdout]) letGo(pipe);
  return {
    pid: guardian.pid ?? 0,
    async release() {
      guardian.ref();
      stdin.destroy();
      await ended;
    },
  };
}

/** A pipe must not keep us alive. It is a socket underneath, which its type does not tell. */
function letGo(pipe: Stream): void {
  if (pipe instanceof Socket) pipe.unref();
}
