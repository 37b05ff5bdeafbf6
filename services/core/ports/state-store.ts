import type { Surrogate } from '../units.ts';

/** Which customer: the tenant and the pseudonymous id. */
export interface CustomerKey {
  readonly tenant: string;
  readonly surrogate: Surrogate;
}

/** What the store holds of one customer: a version and the packed state. */
export interface StoredState {
  readonly version: number;
  readonly bytes: Buffer;
}

export interface StateUpdate {
  readonly key: CustomerKey;
  /** Version that was loaded; 0 where nothing was stored. */
  readonly expectedVersion: number;
  readonly version: number;
  readonly bytes: Buffer;
}

/** Versioned per-customer state, batch first. Faults are EngineError ERR_STORE_UNAVAILABLE (retryable). */
export interface StateStore {
  /** One entry per key, in order; null where nothing is stored. */
  load(keys: readonly CustomerKey[]): Promise<readonly (StoredState | null)[]>;
  /** One entry per update: true when the stored version was the expected one and the state is now written. */
  compareAndSet(updates: readonly StateUpdate[]): Promise<readonly boolean[]>;
  /** Grows with each new connection to the store; a change means that written states may have been lost. */
  connectionEpoch(): number;
}
