import type { LoyaltyInput, LoyaltyResult } from '../../core/loyalty/apply-loyalty-input.ts';
import type { LoyaltyState } from '../../core/loyalty/loyalty-state.ts';
import type { LogChunk, PartitionLease } from '../../core/ports/log.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';
import type { LoyaltyTenant } from './loyalty-tenant.ts';

/** One customer of the chunk. */
export interface LoyaltyWork {
  readonly key: CustomerKey;
  readonly tenant: LoyaltyTenant;
  /** Inputs of this chunk, in the order of the log. */
  readonly inputs: LoyaltyInput[];
  /** What the store holds, as far as we know. */
  storedVersion: number;
  stored: LoyaltyState;
  /** What the inputs make of it. */
  decided: LoyaltyState;
  results: readonly LoyaltyResult[];
}

/** The work on one chunk, handed from stage to stage. */
export interface LoyaltyChunk {
  readonly chunk: LogChunk;
  readonly lease: PartitionLease;
  /** Connection of the store when the work began. */
  readonly connectionEpoch: number;
  readonly customers: Map<string, LoyaltyWork>;
}
