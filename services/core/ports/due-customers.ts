import type { EpochMs } from '../units.ts';
import type { CustomerKey } from './state-store.ts';

export interface DueCustomer {
  readonly key: CustomerKey;
  readonly at: EpochMs;
}

/**
 * When a customer is to be looked at, by partition. Written before the state that makes it so, and read by whoever
 * then looks at the state: a time too early costs a look, none at all would cost the look itself. Faults are EngineError
 * ERR_STORE_UNAVAILABLE (retryable).
 */
export interface DueCustomers {
  /** Brings customers forward to these times; one that is due earlier already stays. */
  bringForward(partition: number, entries: readonly DueCustomer[]): Promise<void>;
  /** Sets the times of customers who were looked at. */
  move(partition: number, entries: readonly DueCustomer[]): Promise<void>;
  /** Customers who are due at `now` or before, the most overdue first; at most `limit`. */
  due(partition: number, now: EpochMs, limit: number): Promise<readonly CustomerKey[]>;
}
