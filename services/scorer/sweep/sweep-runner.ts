import { setImmediate as nextTurn } from 'node:timers/promises';
import { EngineError } from '../../core/errors.ts';
import type { LogSource } from '../../core/ports/log.ts';
import type { DaySweep } from './day-sweep.ts';

export interface SweepRunner {
  /** Sweeps every owned partition to the end, page by page. A partition that fails is left for the next round. */
  round(): Promise<void>;
  /** Reasons why a sweep cannot go on; empty when all is well. */
  problems(): readonly string[];
  /** Begins no further page. */
  stop(): void;
}

/** Runs the sweep in the partitions' lanes: between two pages a chunk that waits has its turn. */
export function createSweepRunner(options: {
  readonly source: Pick<LogSource, 'health'>;
  /** Runs work when nothing else is under way on the partition. */
  readonly inLane: <T>(partition: number, work: () => Promise<T>) => Promise<T>;
  readonly sweep: DaySweep;
  /** The store holds less than was written: everything held in memory is in doubt. */
  readonly onRegressed: () => void;
}): SweepRunner {
  const { source, inLane, sweep } = options;
  const problems = new Map<number, string>();
  let isStopped = false;

  async function sweepPartition(partition: number): Promise<void> {
    try {
      while (!isStopped && (await inLane(partition, () => sweep(partition)))) await nextTurn();
      problems.delete(partition);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (error.code === 'ERR_STATE_REGRESSED') options.onRegressed();
      else if (!error.retryable) problems.set(partition, `sweep of partition ${partition}: ${error.message}`);
    }
  }

  return {
    async round() {
      const owned = [...new Set(source.health().map(({ partition }) => partition))];
      for (const partition of problems.keys()) if (!owned.includes(partition)) problems.delete(partition);
      for (const partition of owned) await sweepPartition(partition);
    },
    problems: () => [...problems.values()],
    stop: () => void (isStopped = true),
  };
}
