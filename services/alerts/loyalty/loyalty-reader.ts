import { decodeLoyaltyState } from '../../core/loyalty/loyalty-state-format.ts';
import type { LoyaltyState } from '../../core/loyalty/loyalty-state.ts';
import type { CustomerKey, StateStore } from '../../core/ports/state-store.ts';

/** Reads the loyalty state of a customer; null where nothing was ever booked. */
export async function readLoyaltyState(store: StateStore, key: CustomerKey): Promise<LoyaltyState | null> {
  const [stored] = await store.load([key]);
  return stored === null || stored === undefined ? null : decodeLoyaltyState(stored.bytes);
}
