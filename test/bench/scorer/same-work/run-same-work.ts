import { setTimeout as pause } from 'node:timers/promises';
import { startBenchChild } from '../../world/bench-child.ts';

interface Progress {
  readonly records: number;
  readonly firstRecords: number;
  readonly firstDoneAt: number;
  readonly doneAt: number;
}

const pollMs = 100;

/**
 * The peer's job on our machinery, in its own process, until `records` records are done.
 * @param env of a scorer
 * @returns records per second, from the end of the first chunk to that of the last: as the peer's are counted between commits
 */
export async function runSameWork(env: Readonly<Record<string, string>>, records: number): Promise<{ rate: number }> {
  const child = await startBenchChild('test/bench/scorer/same-work/main.ts', env);
  try {
    for (;;) {
      const { records: done, firstRecords, firstDoneAt, doneAt } = await child.ask<Progress>('progress');
      if (done >= records) return { rate: (done - firstRecords) / ((doneAt - firstDoneAt) / 1000) };
      await pause(pollMs);
    }
  } finally {
    await child.stop();
  }
}
