import type { EpochMs } from '../../core/units.ts';

/** Topics with the partitions of each, as the group coordinator hands them out. */
export type Assignment = Readonly<Record<string, readonly number[]>>;

/**
 * What this process knows of its place in the consumer group. Each join and each loss begins a new generation, and
 * work is only valid in the generation that fetched it: kafkajs commits late work under whatever generation it holds by
 * then, without asking whether the partition is still ours (tulios/kafkajs#1046).
 *
 * A rebalance that the coordinator has announced does not end the generation at once: chunks under way have `drainMs` to
 * finish and commit, which the coordinator accepts until the next generation begins. Drain first, fence second.
 */
export class GroupMembership {
  readonly #drainMs: number;
  #generation = 0;
  #assignment: Assignment = {};
  #rejoinCause: Error | null = null;
  #currentUntil: EpochMs = Number.POSITIVE_INFINITY;

  constructor(drainMs: number) {
    this.#drainMs = drainMs;
  }

  get generation(): number {
    return this.#generation;
  }

  get assignment(): Assignment {
    return this.#assignment;
  }

  /** The client's own error that tells it to join again; null while all is well. */
  get rejoinCause(): Error | null {
    return this.#rejoinCause;
  }

  joined(assignment: Assignment): void {
    this.#begin(assignment);
  }

  left(): void {
    this.#begin({});
  }

  /** The coordinator asks everybody to join again. */
  rebalanceAnnounced(cause: Error, now: EpochMs): void {
    if (this.#rejoinCause !== null) return;
    this.#rejoinCause = cause;
    this.#currentUntil = now + this.#drainMs;
  }

  /** The coordinator does not know us in this generation any more. */
  evicted(cause: Error): void {
    this.#rejoinCause = cause;
    this.#currentUntil = Number.NEGATIVE_INFINITY;
  }

  isCurrent(generation: number, now: EpochMs): boolean {
    return generation === this.#generation && now <= this.#currentUntil;
  }

  owns(topic: string, partition: number): boolean {
    return this.#assignment[topic]?.includes(partition) ?? false;
  }

  #begin(assignment: Assignment): void {
    this.#generation += 1;
    this.#assignment = assignment;
    this.#rejoinCause = null;
    this.#currentUntil = Number.POSITIVE_INFINITY;
  }
}
