import type { DurationMs, EpochMs } from '../../core/units.ts';

interface Sample {
  readonly at: EpochMs;
  readonly position: number;
  readonly end: number;
}

const windowMs: DurationMs = 60_000;
/** Also the shortest stretch of time from which a pace is told. */
const betweenSamplesMs: DurationMs = 1_000;

/** How long a partition will take to catch up, from what was handled and what arrived during the last minute. */
export class CatchUpEstimate {
  #samples: Sample[] = [];

  /** Notes where the partition stands; at most one sample per second is kept. */
  note(position: number, end: number, now: EpochMs): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && now - last.at < betweenSamplesMs) return;
    this.#samples.push({ at: now, position, end });
    while (this.#samples.length > 1 && now - this.#samples[0].at > windowMs) this.#samples.shift();
  }

  /** After a jump of the position nothing is known of the pace. */
  reset(): void {
    this.#samples = [];
  }

  /** @returns 0 without a lag; null while the pace is unknown, or when as many records arrive as are handled */
  seconds(position: number, end: number, now: EpochMs): number | null {
    const lag = end - position;
    if (lag <= 0) return 0;
    const first = this.#samples.at(0);
    if (first === undefined || now - first.at < betweenSamplesMs) return null;
    const drained = position - first.position - (end - first.end);
    if (drained <= 0) return null;
    return Math.round((lag / drained) * ((now - first.at) / 100)) / 10;
  }
}
