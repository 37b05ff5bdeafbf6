import type { DurationMs, EpochMs } from '../units.ts';

/** Time as an effect: real in services, virtual in tests. */
export interface Clock {
  now(): EpochMs;
  sleep(durationMs: DurationMs): Promise<void>;
}
