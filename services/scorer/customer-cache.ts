import type { CustomerState } from '../core/features/customer-state.ts';

/**
 * States of customers in owned partitions, as they were last written by this process. Least recently written ones leave
 * first. A cached state is folded in place, so it must be dropped whenever the work on it was not stored.
 */
export class CustomerCache<S = CustomerState> {
  readonly #limit: number;
  readonly #byPartition = new Map<number, Map<string, S>>();
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#size;
  }

  get(partition: number, id: string): S | undefined {
    return this.#byPartition.get(partition)?.get(id);
  }

  set(partition: number, id: string, state: S): void {
    const states = this.#byPartition.get(partition) ?? new Map<string, S>();
    this.#byPartition.set(partition, states);
    if (!states.delete(id)) this.#size++;
    states.set(id, state);
    if (this.#size > this.#limit) this.#evict(states);
  }

  drop(partition: number, id: string): void {
    if (this.#byPartition.get(partition)?.delete(id) === true) this.#size--;
  }

  dropPartition(partition: number): void {
    this.#size -= this.#byPartition.get(partition)?.size ?? 0;
    this.#byPartition.delete(partition);
  }

  clear(): void {
    this.#byPartition.clear();
    this.#size = 0;
  }

  #evict(states: Map<string, S>): void {
    for (const id of states.keys()) {
      states.delete(id);
      this.#size--;
      return;
    }
  }
}
