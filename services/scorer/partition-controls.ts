import type { PartitionControl } from './partition-control.ts';
import type { ScorerTelemetry } from './telemetry.ts';

/** The control states of the partitions owned now. */
export class PartitionControls {
  readonly #held = new Map<number, PartitionControl>();
  readonly #rewoundTo = new Map<number, number>();
  readonly #sentToStartOf = new Map<number, string>();
  readonly #suspected = new Set<number>();
  readonly #indexAnewUntil = new Map<number, number>();
  readonly #telemetry: ScorerTelemetry;

  constructor(telemetry: ScorerTelemetry) {
    this.#telemetry = telemetry;
  }

  get(partition: number): PartitionControl | undefined {
    return this.#held.get(partition);
  }

  hold(partition: number, control: PartitionControl): void {
    this.#rewoundTo.delete(partition);
    this.#held.set(partition, control);
  }

  drop(partition: number): void {
    this.#held.delete(partition);
  }

  clear(): void {
    this.#held.clear();
    this.#rewoundTo.clear();
    this.#sentToStartOf.clear();
  }

  /** Whether a partition of another log may be read from its start. Once: what is not there then, is not in the log. */
  maySendToStart(partition: number, logId: string): boolean {
    if (this.#sentToStartOf.get(partition) === logId) return false;
    this.#sentToStartOf.set(partition, logId);
    return true;
  }

  /** Something of the partition is lost, and what shows it is forgotten with the next chunk: to be rebuilt first. */
  suspect(partition: number): void {
    this.#suspected.add(partition);
  }

  isSuspected(partition: number): boolean {
    return this.#suspected.has(partition);
  }

  /** The partition is about to be read from its beginning, and all of its customers to be put into the index anew. */
  rebuilding(partition: number): void {
    this.#suspected.delete(partition);
    this.#rewoundTo.set(partition, 0);
    this.#indexAnewUntil.set(partition, Number.POSITIVE_INFINITY);
    this.#telemetry.stateRegressed(partition, 0);
  }

  /**
   * Whether a chunk is read for the second time because the store had forgotten what came of it: then it may have
   * forgotten the index of customers too, even where their states survived.
   */
  isReadAgain(partition: number, firstOffset: number): boolean {
    return firstOffset < (this.#indexAnewUntil.get(partition) ?? 0);
  }

  /**
   * Whether going back from one offset to another makes sense. False the second time in a row: then the log itself does
   * not hold these records any more, and there is nothing to rebuild from.
   */
  mayRewind(partition: number, { to: offset, from }: { readonly to: number; readonly from: number }): boolean {
    if (this.#rewoundTo.get(partition) === offset) return false;
    this.#rewoundTo.set(partition, offset);
    this.#indexAnewUntil.set(partition, Math.max(from, this.#indexAnewUntil.get(partition) ?? 0));
    this.#telemetry.stateRegressed(partition, offset);
    return true;
  }
}
