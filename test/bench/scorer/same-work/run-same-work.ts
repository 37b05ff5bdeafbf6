import { setTimeout as pause } from 'node:timers/promises';
import { startBenchChild } from '../../world/bench-child.ts';

interface Progress {
  readonly records: number;
  readonly startedAt: number;
  readonly endedAt: number;
}

const pollMs = 100;

/**
 * The peer's job on our machinery, in its own process, until `records` records are done.
 * @param env of a scorer
 * @returns records per second, from the first chunk to the last one written
 */
export async function runSameWork(env: Readonly<Record<string, string>>, records: number): Promise<{ rate: number }> {
  const child = await startBenchChild('test/bench/scorer/same-work/main.ts', env);
  try {
    for (;;) {
      const progress = await child.ask<Progress>('progress');
      const seconds = (progress.endedAt - progress.startedAt) / 1000;
      if (progress.records >= records) return { rate: progress.records / seconds };
      await pause(pollMs);
    }
  } finally {
    await child.stop();
  }
}
