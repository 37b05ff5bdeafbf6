import type { StateStore, StoredState } from '../../core/ports/state-store.ts';
import { MemoryStateServer } from './memory-state-server.ts';

/** What tests may do to a store that a real one suffers by itself. */
export interface MemoryStateStore extends StateStore {
  /** As after a new connection: the epoch grows. */
  reconnect(): void;
  /** As after a failover that lost writes: puts back what an earlier `snapshot` held, and reconnects. */
  restore(snapshot: ReadonlyMap<string, StoredState>): void;
  snapshot(): ReadonlyMap<string, StoredState>;
  /** Holds these states from now on, and no connection tells: as when somebody else deletes or changes keys. */
  put(snapshot: ReadonlyMap<string, StoredState>): void;
}

/** States in this process: the twin of the Redis store for tests, simulation and replays. */
export function createMemoryStateStore(server = new MemoryStateServer()): MemoryStateStore {
  let connection = server.connect();
  let epoch = 1;
  const reconnect = (): void => {
    connection = server.connect();
    epoch += 1;
  };
  return {
    connectionEpoch: () => epoch,
    load: (keys) => connection.load(keys),
    compareAndSet: (updates) => connection.compareAndSet(updates),
    reconnect,
    snapshot: () => server.snapshot(),
    put(snapshot) {
      server.restore(snapshot);
      connection = server.connect();
    },
    restore(snapshot) {
      server.restore(snapshot);
      reconnect();
    },
  };
}
