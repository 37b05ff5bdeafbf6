import type { DurationMs, EpochMs } from '../../core/units.ts';

/** Since when the client itself has shown no sign of life, whatever its partitions look like. */
export interface PulseAges {
  /** Since the coordinator last answered a heartbeat or a join. */
  readonly heartbeatAgeMs: DurationMs;
  /** Since the read loop last fetched, or handed out a chunk. */
  readonly loopAgeMs: DurationMs;
}

/**
 * The signs of life of a consumer. An idle partition never looks stuck; a consumer that was evicted, crashed or hangs
 * in a fetch shows here.
 */
export class ConsumerPulse {
  #heartbeatAt: EpochMs | null = null;
  #loopAt: EpochMs | null = null;

  /** The coordinator has answered: a heartbeat, or a join. */
  heartbeat(now: EpochMs): void {
    this.#heartbeatAt = now;
  }

  /** The read loop has gone round once more. */
  tick(now: EpochMs): void {
    this.#loopAt = now;
  }

  /** Null before the first join. */
  ages(now: EpochMs): PulseAges | null {
    if (this.#heartbeatAt === null) return null;
    return {
      heartbeatAgeMs: Math.max(0, now - this.#heartbeatAt),
      loopAgeMs: Math.max(0, now - (this.#loopAt ?? this.#heartbeatAt)),
    };
  }
}
