import { setImmediate as nextTurn } from 'node:timers/promises';
import { EngineError } from '../../core/errors.ts';
import type { DueSweep } from './due-sweep.ts';

export interface DueRunner {
  /** Takes what is due now on every owned partition, slice by slice. A partition that fails is left for the next round. */
  round(): Promise<void>;
  /** Reasons why what is due does not happen; empty when all is well. */
  problems(): readonly string[];
  /** Begins no further slice. */
  stop(): void;
}

export interface DueRunnerOptions {
  readonly owned: () => ReadonlySet<number>;
  /** Runs work when nothing else is under way on the partition. */
  readonly inLane: <T>(partition: number, work: () => Promise<T>) => Promise<T>;
  readonly sweep: Pick<DueSweep, 'run'>;
  /** Told of a partition that will be tried again. */
  readonly onFault: (error: EngineError, partition: number) => void;
}

/** Runs the sweep in the partitions' lanes: between two slices a chunk that waits has its turn. */
export function createDueRunner({ owned, inLane, sweep, onFault }: DueRunnerOptions): DueRunner {
  const problems = new Map<number, string>();
  let isStopped = false;

  const isOpen = (partition: number): boolean => !isStopped && owned().has(partition);

  async function sweepPartition(partition: number): Promise<void> {
    try {
      const slice = () => (isOpen(partition) ? sweep.run(partition) : Promise.resolve(false));
      while (await inLane(partition, slice)) await nextTurn();
      problems.delete(partition);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (error.code === 'ERR_LOG_FENCED') return;
      if (error.retryable) onFault(error, partition);
      else problems.set(partition, `what is due on partition ${partition}: ${error.message}`);
    }
  }

  return {
    async round() {
      const partitions = owned();
      for (const partition of problems.keys()) if (!partitions.has(partition)) problems.delete(partition);
      await Promise.all([...partitions].map(sweepPartition));
    },
    problems: () => [...problems.values()],
    stop: () => void (isStopped = true),
  };
}
