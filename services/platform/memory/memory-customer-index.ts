import type { CustomerIndex } from '../../core/ports/customer-index.ts';
import { MemoryStateServer } from './memory-state-server.ts';

/** The index in this process: the twin of the one in Redis. */
export function createMemoryCustomerIndex(server = new MemoryStateServer()): CustomerIndex {
  return server.connect();
}
