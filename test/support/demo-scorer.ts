import process from 'node:process';
import { expect } from 'vitest';
import { eventually } from './eventually.ts';
import type { RunningDemo } from './running-demo.ts';

const patience = { timeoutMs: 120_000, intervalMs: 500 };

/** The process id of a service of a demo, as it is now. */
export async function pidOf(demo: RunningDemo, name: string): Promise<number> {
  return (await demo.run.running()).pids[name];
}

/** Ends the scorer of a demo and waits until another one, which is started by itself, is ready. */
export async function restartScorer(demo: RunningDemo, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const before = await pidOf(demo, 'scorer');
  process.kill(before, signal);
  await eventually(async () => {
    expect(await pidOf(demo, 'scorer')).not.toBe(before);
    expect((await fetch(`${demo.file.scorer}/readyz`)).status).toBe(200);
  }, patience);
}

/** Why the scorer of a demo is not ready. */
export async function reasonsOf(demo: RunningDemo): Promise<readonly string[]> {
  const response = await fetch(`${demo.file.scorer}/readyz`);
  return ((await response.json()) as { reasons: string[] }).reasons;
}
