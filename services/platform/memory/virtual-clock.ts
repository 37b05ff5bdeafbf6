import type { Clock } from '../../core/ports/clock.ts';
import type { DurationMs, EpochMs } from '../../core/units.ts';

/** A clock that only moves when it is told to. */
export interface VirtualClock extends Clock {
  /** Moves time on and wakes, in order of their time, the sleepers that are due; lets each go on before the next. */
  advance(durationMs: DurationMs): Promise<void>;
  /** Sleepers not yet woken. */
  sleepers(): number;
}

interface Sleeper {
  readonly wakeAt: EpochMs;
  readonly wake: () => void;
}

export function createVirtualClock(startAt: EpochMs = 0): VirtualClock {
  let time = startAt;
  let sleeping: Sleeper[] = [];

  function takeNext(until: EpochMs): Sleeper | undefined {
    const due = sleeping.filter((sleeper) => sleeper.wakeAt <= until);
    const next = due.reduce<Sleeper | undefined>(
      (first, sleeper) => (first === undefined || sleeper.wakeAt < first.wakeAt ? sleeper : first),
      undefined,
    );
    sleeping = sleeping.filter((sleeper) => sleeper !== next);
    return next;
  }

  return {
    now: () => time,
    sleepers: () => sleeping.length,
    sleep: (durationMs) =>
      durationMs <= 0
        ? Promise.resolve()
        : new Promise((resolve) => void sleeping.push({ wakeAt: time + durationMs, wake: resolve })),
    async advance(durationMs) {
      const until = time + durationMs;
      for (let next = takeNext(until); next !== undefined; next = takeNext(until)) {
        time = Math.max(time, next.wakeAt);
        next.wake();
        await settled();
      }
      time = until;
    },
  };
}

/** Lets everything run that was made runnable, without real time passing. */
function settled(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
