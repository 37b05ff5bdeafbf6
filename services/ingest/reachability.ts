import type { DurationMs } from '../core/units.ts';
import { withinTime } from '../platform/runtime/within-time.ts';

/** Knows whether another system answers, by asking it again and again. */
export interface Reachability {
  /** Why it does not, in plain words; null when it answered last time. */
  problem(): string | null;
  stop(): void;
}

export interface ReachabilityOptions {
  readonly name: string;
  readonly check: () => Promise<unknown>;
  readonly intervalMs?: DurationMs;
  /** A check that takes longer has failed. */
  readonly limitMs?: DurationMs;
}

const defaultIntervalMs = 2_000;
const defaultLimitMs = 5_000;

/** Begins to ask at once; a check never overlaps the one before. */
export function watchReachability(options: ReachabilityOptions): Reachability {
  const { name, check, intervalMs = defaultIntervalMs, limitMs = defaultLimitMs } = options;
  let problem: string | null = `${name} has not answered yet`;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function ask(): Promise<void> {
    try {
      await withinTime(limitMs, `asking ${name}`, check);
      problem = null;
    } catch (error) {
      problem = `${name} does not answer: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (isStopped) return;
    timer = setTimeout(() => void ask(), intervalMs);
    timer.unref();
  }

  void ask();
  return {
    problem: () => problem,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
