import type { DurationMs } from '../../core/units.ts';
import type { SweepRunner } from './sweep-runner.ts';

export interface SilenceWatchOptions {
  readonly sweeps: SweepRunner;
  /** Writes the ends of days; null leaves that to others. */
  readonly closeDays: (() => Promise<void>) | null;
  /** Called for a fault that the next turn may not have. */
  readonly onFault: (error: unknown) => void;
  readonly closeEveryMs?: DurationMs;
  readonly sweepEveryMs?: DurationMs;
}

/** Closes days and sweeps silent customers, again and again; a turn begins after the one before has ended. */
export function startSilenceWatch(options: SilenceWatchOptions): { stop(): Promise<void> } {
  const { sweeps, closeDays, onFault } = options;
  const turns = [repeat(() => sweeps.round(), options.sweepEveryMs ?? 1_000, onFault)];
  if (closeDays !== null) turns.push(repeat(closeDays, options.closeEveryMs ?? 30_000, onFault));
  return {
    async stop() {
      sweeps.stop();
      await Promise.all(turns.map((stop) => stop()));
    },
  };
}

/** @returns stops it, once the turn under way has ended */
function repeat(work: () => Promise<void>, everyMs: DurationMs, onFault: (error: unknown) => void) {
  let isStopped = false;
  let wake = (): void => undefined;
  async function turns(): Promise<void> {
    while (!isStopped) {
      await work().catch(onFault);
      if (isStopped) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs).unref();
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
  const running = turns();
  return (): Promise<void> => {
    isStopped = true;
    wake();
    return running;
  };
}
