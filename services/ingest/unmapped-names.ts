import type { EpochMs } from '../core/units.ts';

/** One name that the tracking plan does not know. */
export interface UnmappedName {
  readonly source: string;
  readonly name: string;
  /** Accepted events of this name. */
  readonly count: number;
  readonly firstSeen: EpochMs;
  readonly lastSeen: EpochMs;
}

export interface UnmappedNames {
  note(tenant: string, source: string, names: readonly string[], at: EpochMs): void;
  /** The most frequent first. */
  of(tenant: string): readonly UnmappedName[];
}

/**
 * Remembers names that the plan does not know, in this process. Per tenant a bounded number: beyond it the name that was
 * not seen for longest makes room, so that a sender that makes up names hides the steady ones for a moment only.
 */
export function createUnmappedNames(namesPerTenant = 500): UnmappedNames {
  const byTenant = new Map<string, Map<string, UnmappedName>>();

  function noteOne(names: Map<string, UnmappedName>, source: string, name: string, at: EpochMs): void {
    const key = `${source} ${name}`;
    const before = names.get(key);
    // Set anew, so that the map stays in the order of last sight.
    names.delete(key);
    names.set(key, { source, name, count: (before?.count ?? 0) + 1, firstSeen: before?.firstSeen ?? at, lastSeen: at });
    if (names.size <= namesPerTenant) return;
    const [oldest] = names.keys();
    if (oldest !== undefined) names.delete(oldest);
  }

  return {
    note(tenant, source, names, at) {
      let known = byTenant.get(tenant);
      if (known === undefined) byTenant.set(tenant, (known = new Map<string, UnmappedName>()));
      for (const name of names) noteOne(known, source, name, at);
    },
    of: (tenant) => [...(byTenant.get(tenant)?.values() ?? [])].sort((a, b) => b.count - a.count),
  };
}
