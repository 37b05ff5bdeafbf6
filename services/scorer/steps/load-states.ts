import { decodeState } from '../../core/features/decode-state.ts';
import { emptyState } from '../../core/features/empty-state.ts';
import { readsFeatures } from '../../core/features/reads-features.ts';
import type { CustomerKey, StateStore } from '../../core/ports/state-store.ts';
import type { CustomerCache } from '../customer-cache.ts';
import type { ScorerContext } from '../scorer-context.ts';

/** The states of all customers in the chunk whose records some feature reads: from the cache, else in one round trip. */
export function createLoadStates(store: StateStore, cache: CustomerCache): (context: ScorerContext) => Promise<void> {
  return async function loadStates(context) {
    const { partition } = context.chunk;
    const missing: CustomerKey[] = [];
    const seen = new Set<string>();
    for (const { record } of context.records) {
      if (record.surrogate === '' || !readsFeatures(record)) continue;
      const id = customerId(record.tenant, record.surrogate);
      if (seen.has(id)) continue;
      seen.add(id);
      const key = { tenant: record.tenant, surrogate: record.surrogate };
      const cached = cache.get(partition, id);
      if (cached === undefined) missing.push(key);
      else context.customers.set(id, { id, key, state: cached.state, loadedVersion: cached.version, lastApplied: -1 });
    }
    if (missing.length === 0) return;
    const stored = await store.load(missing);
    missing.forEach((key, i) => {
      const id = customerId(key.tenant, key.surrogate);
      const found = stored[i];
      const state = found === null ? emptyState() : decodeState(found.bytes, found.version);
      context.customers.set(id, { id, key, state, loadedVersion: state.version, lastApplied: -1 });
    });
  };
}

/** Name of a customer inside this process. */
export function customerId(tenant: string, surrogate: string): string {
  return `${tenant}:${surrogate}`;
}
