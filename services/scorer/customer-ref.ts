import { EngineError } from '../core/errors.ts';
import type { CustomerState } from '../core/features/customer-state.ts';
import type { CustomerKey } from '../core/ports/state-store.ts';
import type { Sealer } from '../core/ports/sealer.ts';
import type { ScorerTenant } from './scorer-tenant.ts';

/** Name of the sealed field that carries the business's own id of the customer. */
export const customerRefField = 'customerRef';

/** The associated data a customer's sealed field is bound to. */
export function sealedFieldBinding(key: CustomerKey, field: string): string {
  return `${key.tenant}|${key.surrogate}|${field}`;
}

const limit = 200_000;
const opened = new Map<string, string | null>();

/**
 * The business's own id of the customer, opened from the state; null where none was sent or its key is gone. Opened
 * ids are remembered by their sealed bytes, since unsealing costs more than scoring.
 */
export function customerRef(state: CustomerState, key: CustomerKey, tenant: ScorerTenant): string | null {
  if (state.sealedRef === null) return null;
  const { keyId, sealed } = state.sealedRef;
  const cacheKey = sealed.toString('latin1');
  let ref = opened.get(cacheKey);
  if (ref === undefined) {
    ref = open(tenant.sealerFor(keyId), sealed, sealedFieldBinding(key, customerRefField));
    if (opened.size >= limit) opened.clear();
    opened.set(cacheKey, ref);
  }
  return ref;
}

/** A field that does not open belongs to another key or customer: the score goes out without it. */
function open(sealer: Sealer | null, sealed: Buffer, binding: string): string | null {
  try {
    return sealer === null ? null : sealer.open(sealed, binding).toString('utf8');
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
}
