import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { isSameProcess, type ProcessIdentity } from './process-identity.ts';

const pollMs = 50;
const afterKillMs = 5_000;

/**
 * Asks the process to end, waits, then kills it. Looks before each signal whether it still is the process that was
 * started, so that a pid given to somebody else meanwhile is left alone.
 */
export async function endProcess(identity: ProcessIdentity, graceMs: number): Promise<void> {
  if (await signal(identity, 'SIGTERM', graceMs)) return;
  await signal(identity, 'SIGKILL', afterKillMs);
}

/** True once the process is gone. */
async function signal(identity: ProcessIdentity, name: NodeJS.Signals, waitMs: number): Promise<boolean> {
  if (!(await isSameProcess(identity))) return true;
  try {
    process.kill(identity.pid, name);
  } catch {
    return true;
  }
  const deadline = performance.now() + waitMs;
  while (performance.now() < deadline) {
    if (!(await isSameProcess(identity))) return true;
    await pause(pollMs);
  }
  return !(await isSameProcess(identity));
}
