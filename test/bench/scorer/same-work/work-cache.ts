import type { WorkState } from './work-state.ts';

/**
 * States of customers in owned partitions as this process last wrote them; the least recently used leave first. The
 * same rules as the scorer's own cache.
 */
export class WorkCache {
  readonly #limit: number;
  readonly #byPartition = new Map<number, Map<string, WorkState>>();
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(partition: number, surrogate: string): WorkState | undefined {
    const states = this.#byPartition.get(partition);
    const state = states?.get(surrogate);
    if (states !== undefined && state !== undefined) {
      states.delete(surrogate);
      states.set(surrogate, state);
    }
    return state;
  }

  set(partition: number, surrogate: string, state: WorkState): void {
    const states = this.#byPartition.get(partition) ?? new Map<string, WorkState>();
    this.#byPartition.set(partition, states);
    if (!states.delete(surrogate)) this.#size++;
    states.set(surrogate, state);
    if (this.#size <= this.#limit) return;
    const [oldest] = states.keys();
    this.drop(partition, oldest);
  }

  drop(partition: number, surrogate: string): void {
    if (this.#byPartition.get(partition)?.delete(surrogate) === true) this.#size--;
  }

  clear(): void {
    this.#byPartition.clear();
    this.#size = 0;
  }
}
