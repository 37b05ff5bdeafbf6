import type { DurationMs, EpochMs } from '../core/units.ts';

/** Knows how long a client had better wait before it sends again. */
export interface Backlog {
  /**
   * A request was answered 2xx.
   * @param wrote whether something of it had to be written, and was
   */
  finished(wrote: boolean): void;
  /** A request could not be written. */
  failed(): void;
  /**
   * Whole seconds, 1 to 60, spread out so that clients do not all come back at once.
   * @param overLimitMs how far the sender is over its limit; 0 when it has none
   */
  retryAfterSeconds(overLimitMs: DurationMs): number;
}

export interface BacklogDeps {
  /** Requests that are not finished. */
  readonly unfinished: () => number;
  readonly now: () => EpochMs;
  /** 0 to 1. */
  readonly random: () => number;
}

const rateWindowMs = 5_000;
const shortestMs = 1_000;
/** While requests are finished now and then, a full house empties sooner than the few of the last seconds say. */
const longestQueueMs = 10_000;
const longestMs = 40_000;
const longestAnswerMs = 60_000;
const leastSpreadMs = 2_000;

/**
 * The wait is what stands unfinished over the rate at which requests have been finishing; while nothing can be written,
 * as long as that has lasted; and what the sender is over its limit on top. Then up to half as much again by chance.
 */
export function createBacklog({ unfinished, now, random }: BacklogDeps): Backlog {
  let finishedLately = 0;
  let countedAt = now();
  let failingSince: EpochMs | null = null;

  function decay(): void {
    const time = now();
    finishedLately *= Math.exp(-Math.max(0, time - countedAt) / rateWindowMs);
    countedAt = time;
  }

  return {
    finished(wrote) {
      decay();
      finishedLately += 1;
      if (wrote) failingSince = null;
    },
    failed() {
      failingSince ??= now();
    },
    retryAfterSeconds(overLimitMs) {
      decay();
      // Nothing unfinished is nothing to wait for, also where nothing has finished yet.
      const queueMs = unfinished() === 0 ? 0 : (unfinished() / finishedLately) * rateWindowMs;
      const failingMs = failingSince === null ? 0 : now() - failingSince;
      const backlogMs = Math.max(Math.min(queueMs, longestQueueMs), failingMs, shortestMs);
      const waitMs = Math.min(backlogMs, longestMs) + overLimitMs;
      const spreadMs = random() * Math.max(leastSpreadMs, waitMs / 2);
      return Math.ceil(Math.min(waitMs + spreadMs, longestAnswerMs) / 1000);
    },
  };
}
