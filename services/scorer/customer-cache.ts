import type { CustomerState } from '../core/features/customer-state.ts';

interface CachedState {
  readonly state: CustomerState;
  readonly version: number;
}

/**
 * States of customers in owned partitions, as they were last written by this process. Least recently written ones leave
 * first. A cached state is folded in place, so it must be dropped whenever the work on it was not stored.
 */
export class CustomerCache {
  readonly #limit: number;
  readonly #byPartition = new Map<number, Map<string, CachedState>>();
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#size;
  }

  get(partition: number, id: string): CachedState | undefined {
    return this.#byPartition.get(partition)?.get(id);
  }

  set(partition: number, id: string, state: CustomerState, version: number): void {
    const states = this.#byPartition.get(partition) ?? new Map<string, CachedState>();
    this.#byPartition.set(partition, states);
    if (!states.delete(id)) this.#size++;
    states.set(id, { state, version });
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

  #evict(states: Map<string, CachedState>): void {
    for (const id of states.keys()) {
      states.delete(id);
      this.#size--;
      return;
    }
  }
}
