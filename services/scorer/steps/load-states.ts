import { decodeState } from '../../core/features/decode-state.ts';
import { emptyState } from '../../core/features/empty-state.ts';
import { findMark } from '../../core/features/marks.ts';
import { ownBlock } from '../../core/features/own-block.ts';
import { recordReading } from '../../core/features/reads-features.ts';
import { countedAs } from '../../core/kpis/counted-types.ts';
import type { CustomerKey, StateStore } from '../../core/ports/state-store.ts';
import type { CustomerCache } from '../customer-cache.ts';
import type { CustomerEntry, ScorerContext } from '../scorer-context.ts';

/**
 * The states of all customers in the chunk whose records some feature or KPI reads: from the cache, else in one round
 * trip. A KPI alone only looks at the state.
 */
export function createLoadStates(store: StateStore, cache: CustomerCache): (context: ScorerContext) => Promise<void> {
  return async function loadStates(context) {
    const wanted = new Map<string, CustomerKey>();
    const lookedAt = new Set<string>();
    for (const { record } of context.records) {
      if (record.surrogate === '') continue;
      const isFolded = recordReading(record) !== null;
      if (!isFolded && countedAs((record.retracted ?? record).type) === null) continue;
      const id = customerId(record.tenant, record.surrogate);
      if (isFolded) lookedAt.delete(id);
      else if (!wanted.has(id)) lookedAt.add(id);
      if (!wanted.has(id)) wanted.set(id, { tenant: record.tenant, surrogate: record.surrogate });
    }
    await loadCustomers(context, wanted, { store, cache, lookedAt });
  };
}

interface LoadOptions {
  readonly store: StateStore;
  readonly cache: CustomerCache;
  /** Those of the customers whose states nothing will change. */
  readonly lookedAt?: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** Puts the customers into the context, by their names inside this process. */
export async function loadCustomers(
  context: ScorerContext,
  wanted: ReadonlyMap<string, CustomerKey>,
  { store, cache, lookedAt = none }: LoadOptions,
): Promise<void> {
  const missing: CustomerKey[] = [];
  for (const [id, key] of wanted) {
    const cached = cache.get(context.chunk.partition, id);
    if (cached === undefined) missing.push(key);
    else
      context.customers.set(
        id,
        toEntry(context, key, { state: cached, isCached: true, isOnlyLookedAt: lookedAt.has(id) }),
      );
  }
  if (missing.length === 0) return;
  const stored = await store.load(missing);
  missing.forEach((key, i) => {
    const found = stored[i];
    const state = found === null ? emptyState() : decodeState(found.bytes, found.version);
    const id = customerId(key.tenant, key.surrogate);
    context.customers.set(id, toEntry(context, key, { state, isCached: false, isOnlyLookedAt: lookedAt.has(id) }));
  });
}

function toEntry(
  { control, chunk }: ScorerContext,
  key: CustomerKey,
  loaded: Pick<CustomerEntry, 'state' | 'isCached' | 'isOnlyLookedAt'>,
): CustomerEntry {
  const { state, isCached, isOnlyLookedAt } = loaded;
  const id = customerId(key.tenant, key.surrogate);
  const baseMark = findMark(ownBlock(state).marks, control.epoch, chunk.partition);
  return { id, key, state, loadedVersion: state.version, isCached, isOnlyLookedAt, baseMark };
}

/** Name of a customer inside this process. */
export function customerId(tenant: string, surrogate: string): string {
  return `${tenant}:${surrogate}`;
}
