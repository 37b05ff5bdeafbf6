import { isSameProcess } from './local/process-identity.ts';
import { readRecord } from './local/stack-record.ts';
import { stackPaths } from './local/stack-paths.ts';
import { awaitStackReady } from './readiness/await-stack-ready.ts';
import type { Stack } from './stack.ts';

const answerWithinMs = 15_000;

/** The stack of `stack:up` when it is there, alive and answering; never stopped by whoever reuses it. */
export async function findWarmStack(root: string): Promise<Stack | null> {
  const record = await readRecord(stackPaths(root).warm);
  if (record?.addresses == null) return null;
  const alive = await Promise.all(record.processes.map(isSameProcess));
  if (alive.includes(false)) return null;
  try {
    await awaitStackReady(record.addresses, answerWithinMs);
  } catch {
    return null;
  }
  return {
    ...record.addresses,
    mode: 'local',
    reason: 'the stack of stack:up is running',
    pids: Object.fromEntries(record.processes.map(({ name, pid }) => [name, pid])),
    owned: false,
    stop: () => Promise.resolve(),
  };
}
