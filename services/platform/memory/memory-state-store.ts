import type { CustomerKey, StateStore, StoredState } from '../../core/ports/state-store.ts';

/** What tests may do to a store that a real one suffers by itself. */
export interface MemoryStateStore extends StateStore {
  /** As after a new connection: the epoch grows. */
  reconnect(): void;
  /** As after a failover that lost writes: puts back what an earlier `snapshot` held, and reconnects. */
  restore(snapshot: ReadonlyMap<string, StoredState>): void;
  snapshot(): ReadonlyMap<string, StoredState>;
}

/** States in this process: the twin of the Redis store for tests, simulation and replays. */
export function createMemoryStateStore(): MemoryStateStore {
  const states = new Map<string, StoredState>();
  let epoch = 1;
  return {
    connectionEpoch: () => epoch,
    load: (keys) => Promise.resolve(keys.map((key) => copyOf(states.get(nameOf(key))))),
    compareAndSet(updates) {
      const written = updates.map(({ key, expectedVersion, version, bytes }) => {
        if ((states.get(nameOf(key))?.version ?? 0) !== expectedVersion) return false;
        states.set(nameOf(key), { version, bytes: Buffer.from(bytes) });
        return true;
      });
      return Promise.resolve(written);
    },
    reconnect: () => void (epoch += 1),
    snapshot: () => new Map(states),
    restore(snapshot) {
      states.clear();
      for (const [name, state] of snapshot) states.set(name, state);
      epoch += 1;
    },
  };
}

function nameOf({ tenant, surrogate }: CustomerKey): string {
  return JSON.stringify([tenant, surrogate]);
}

function copyOf(state: StoredState | undefined): StoredState | null {
  return state === undefined ? null : { version: state.version, bytes: Buffer.from(state.bytes) };
}
