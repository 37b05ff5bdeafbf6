import type { DurationMs } from '../units.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Waits before the attempts after the first one, as Standard Webhooks suggests them. */
const delays: readonly DurationMs[] = [5 * second, 30 * second, 2 * minute, 10 * minute, hour, 6 * hour, 24 * hour];

/** Shares by which waits are shortened or lengthened, lest all that failed together come back together. */
const jitter = 0.2;
const longestWait: DurationMs = 24 * hour;

/**
 * How long to wait after a failed attempt; null once it was the last.
 * @param failures so far, this one included
 * @param random 0 to 1
 * @param askedFor what the receiver asks to wait, where it says so; heeded up to a day
 */
export function retryDelay(failures: number, random: number, askedFor: DurationMs | null): DurationMs | null {
  const delay = delays[failures - 1];
  if (delay === undefined) return null;
  const spread = Math.round(delay * (1 + jitter * (2 * random - 1)));
  return Math.max(spread, Math.min(askedFor ?? 0, longestWait));
}
