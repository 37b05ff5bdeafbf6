import type { Surrogate } from '../units.ts';
import type { CustomerKey } from './state-store.ts';

/**
 * Which customers a partition has ever held a state of: what a sweep goes through. Written before the states, so it is
 * always a superset of them. Faults are EngineError ERR_STORE_UNAVAILABLE (retryable).
 */
export interface CustomerIndex {
  /** Adds customers to a partition; those it has already change nothing. */
  add(partition: number, customers: readonly CustomerKey[]): Promise<void>;
  /**
   * Customers of one tenant in ascending order.
   * @param after the last one of the page before; null begins at the first
   * @param limit at most so many; fewer only at the end
   */
  page(partition: number, tenant: string, after: Surrogate | null, limit: number): Promise<readonly Surrogate[]>;
}
