import type { DurationMs } from '../../../services/core/units.ts';

/** Latencies of records since they were last asked for, and how many there were since the start. */
export class LatencyLog {
  #latencies: DurationMs[] = [];
  #acknowledged = 0;
  #handled = 0;

  /** A chunk's records share its latency: from the hand-over of the chunk to the acknowledgement of its scores. */
  acknowledged(records: number, latencyMs: DurationMs): void {
    this.#acknowledged += records;
    for (let i = 0; i < records; i++) this.#latencies.push(latencyMs);
  }

  /** All work on these records is done. */
  handled(records: number): void {
    this.#handled += records;
  }

  /** For `answerParent`; asking for `latencies` begins a new list. */
  readonly answers = {
    acknowledged: (): number => this.#acknowledged,
    handled: (): number => this.#handled,
    latencies: (): DurationMs[] => {
      const taken = this.#latencies;
      this.#latencies = [];
      return taken;
    },
  };
}
