import type { DurationMs } from '../units.ts';

/** How much one sender may do, shared by all processes. */
export interface RateLimit {
  /** Names the sender; no payload or personal data. */
  readonly key: string;
  readonly unitsPerSecond: number;
  /** What may come at once after a pause. */
  readonly burst: number;
}

/** Counts what senders do against their limits. */
export interface RateLimiter {
  /**
   * Takes `units` where the limit allows anything now; what is taken beyond it is owed, and delays what comes next.
   * @returns 0 when taken; else nothing was taken, and this is how long to wait. ERR_STORE_UNAVAILABLE when unknown.
   */
  take(limit: RateLimit, units: number): Promise<DurationMs>;
}
