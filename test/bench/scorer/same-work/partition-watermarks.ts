import { EngineError } from '../../../../services/core/errors.ts';
import type { CustomerKey, StateStore } from '../../../../services/core/ports/state-store.ts';

interface Watermark {
  version: number;
  offset: number;
  epoch: number;
}

/** How far each owned partition is done, in the store after the states: what the scorer keeps of a partition. */
export class PartitionWatermarks {
  readonly #store: StateStore;
  readonly #held = new Map<number, Watermark>();

  constructor(store: StateStore) {
    this.#store = store;
  }

  /** @throws EngineError ERR_STATE_REGRESSED where the store is behind the log */
  async of(partition: number, firstOffset: number): Promise<Watermark> {
    const held = this.#held.get(partition);
    if (held !== undefined) return held;
    const [stored] = await this.#store.load([keyOf(partition)]);
    const watermark =
      stored === null
        ? { version: 0, offset: -1, epoch: 0 }
        : { version: stored.version, offset: stored.bytes.readDoubleBE(0), epoch: stored.bytes.readInt32BE(8) };
    if (firstOffset > watermark.offset + 1) {
      const context = { partition, rewindTo: watermark.offset + 1 };
      throw new EngineError('ERR_STATE_REGRESSED', 'The store is behind the log.', { retryable: false, context });
    }
    this.#held.set(partition, watermark);
    return watermark;
  }

  /** @throws EngineError ERR_STATE_CONFLICT when another writer moved it */
  async move(partition: number, watermark: Watermark, offset: number): Promise<void> {
    if (offset <= watermark.offset) return;
    const bytes = Buffer.alloc(12);
    bytes.writeInt32BE(watermark.epoch, bytes.writeDoubleBE(offset, 0));
    const version = watermark.version + 1;
    const update = { key: keyOf(partition), expectedVersion: watermark.version, version, bytes };
    const [moved] = await this.#store.compareAndSet([update]);
    if (!moved) {
      throw new EngineError('ERR_STATE_CONFLICT', 'Another writer moved the watermark.', { retryable: true });
    }
    watermark.version = version;
    watermark.offset = offset;
  }

  drop(partition: number): void {
    this.#held.delete(partition);
  }

  clear(): void {
    this.#held.clear();
  }
}

function keyOf(partition: number): CustomerKey {
  return { tenant: '~partition', surrogate: String(partition) };
}
