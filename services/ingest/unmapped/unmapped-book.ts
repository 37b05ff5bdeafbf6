import type { UnmappedName } from '../../core/plan/unmapped-name.ts';
import type { UnmappedStore } from '../../core/ports/unmapped-store.ts';
import type { EpochMs } from '../../core/units.ts';

/** Counts in memory the names that the plan does not know, and writes them to the store from time to time. */
export interface UnmappedBook {
  note(tenant: string, source: string, names: readonly string[], at: EpochMs): void;
  /** Writes what was noted so far. What cannot be written is kept for the next time; then it rejects. */
  flush(): Promise<void>;
}

/** Most names of a tenant: in memory, and in the store. */
export const namesPerTenant = 500;

type Names = Map<string, UnmappedName>;

/**
 * @param most names per tenant between two flushes: beyond it the name that was not seen for longest makes room, so that
 *   a sender that makes up names hides the steady ones for a moment only
 */
export function createUnmappedBook(store: UnmappedStore, most = namesPerTenant): UnmappedBook {
  let pending = new Map<string, Names>();
  let flushing = Promise.resolve();

  function namesOf(tenant: string): Names {
    let names = pending.get(tenant);
    if (names === undefined) pending.set(tenant, (names = new Map<string, UnmappedName>()));
    return names;
  }

  async function write(): Promise<void> {
    const entries = [...pending];
    pending = new Map();
    for (const [index, [tenant, names]] of entries.entries()) {
      try {
        await store.add(tenant, [...names.values()]);
      } catch (error) {
        for (const [each, left] of entries.slice(index)) {
          for (const name of left.values()) addName(namesOf(each), name, most);
        }
        throw error;
      }
    }
  }

  return {
    note(tenant, source, names, at) {
      const known = namesOf(tenant);
      for (const name of names) addName(known, { source, name, count: 1, firstSeen: at, lastSeen: at }, most);
    },
    flush: () => (flushing = flushing.catch(() => undefined).then(write)),
  };
}

function addName(names: Names, seen: UnmappedName, most: number): void {
  const key = `${seen.source} ${seen.name}`;
  const before = names.get(key) ?? { ...seen, count: 0 };
  // Set anew, so that the map stays in the order of last sight.
  names.delete(key);
  names.set(key, {
    ...seen,
    count: before.count + seen.count,
    firstSeen: Math.min(before.firstSeen, seen.firstSeen),
    lastSeen: Math.max(before.lastSeen, seen.lastSeen),
  });
  if (names.size <= most) return;
  const [oldest] = names.keys();
  if (oldest !== undefined) names.delete(oldest);
}
