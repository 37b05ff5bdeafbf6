import type { KpiMark } from '../../core/ports/kpi-store.ts';

/** The marks of the partitions owned now, as we wrote them: between two chunks the store need not be asked. */
export class HeldMarks {
  readonly #held = new Map<number, { readonly mark: KpiMark; readonly connectionEpoch: number }>();
  readonly #sentTo = new Map<number, number>();

  /** Undefined where the store is to be asked: at first, and over a new connection, which may have lost writes. */
  get(partition: number, connectionEpoch: number): KpiMark | undefined {
    const held = this.#held.get(partition);
    return held?.connectionEpoch === connectionEpoch ? held.mark : undefined;
  }

  hold(partition: number, mark: KpiMark, connectionEpoch: number): void {
    this.#held.set(partition, { mark, connectionEpoch });
    this.#sentTo.delete(partition);
  }

  drop(partition: number): void {
    this.#held.delete(partition);
  }

  clear(): void {
    this.#held.clear();
    this.#sentTo.clear();
  }

  /** Whether to go back makes sense. False the second time in a row: then the log has nothing between. */
  maySend(partition: number, offset: number): boolean {
    if (this.#sentTo.get(partition) === offset) return false;
    this.#sentTo.set(partition, offset);
    return true;
  }
}
