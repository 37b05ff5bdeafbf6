import type { CustomerIndex } from '../../../services/core/ports/customer-index.ts';
import type { CustomerKey, StateStore } from '../../../services/core/ports/state-store.ts';
import type { MemoryStateServer } from '../../../services/platform/memory/memory-state-server.ts';
import type { Network } from './network.ts';

/** A process' connection to the store; requests travel by it, also those that a new connection has overtaken. */
export interface SimStore extends StateStore, CustomerIndex {
  /** The connection breaks and a new one stands: to the primary of now. */
  reconnect(): void;
}

export function createSimStore(server: MemoryStateServer, network: Network): SimStore {
  let connection = server.connect();
  let epoch = 1;
  const indexCall = <T>(effect: () => Promise<T>): Promise<T> => {
    const sentBy = epoch;
    return network.call({ name: 'index', failsWith: 'ERR_STORE_UNAVAILABLE', effect, isCut: () => epoch !== sentBy });
  };
  return {
    connectionEpoch: () => epoch,
    reconnect() {
      connection = server.connect();
      epoch += 1;
    },
    load(keys) {
      const [socket, sentBy] = [connection, epoch];
      return network.call({
        name: isControl(keys) ? 'load-control' : 'load-states',
        failsWith: 'ERR_STORE_UNAVAILABLE',
        effect: () => socket.load(keys),
        isCut: () => epoch !== sentBy,
      });
    },
    compareAndSet(updates) {
      const [socket, sentBy] = [connection, epoch];
      const half = (updates.length + 1) >> 1;
      return network.call({
        name: isControl(updates.map(({ key }) => key)) ? 'write-watermark' : 'write-states',
        failsWith: 'ERR_STORE_UNAVAILABLE',
        effect: () => socket.compareAndSet(updates),
        partialEffect: () => socket.compareAndSet(updates.slice(0, updates.length === 1 ? 0 : half)),
        isCut: () => epoch !== sentBy,
      });
    },
    add(partition, customers) {
      const socket = connection;
      return indexCall(() => socket.add(partition, customers));
    },
    page(...query) {
      const socket = connection;
      return indexCall(() => socket.page(...query));
    },
  };
}

function isControl(keys: readonly CustomerKey[]): boolean {
  return keys.length > 0 && keys[0].tenant.startsWith('~');
}
