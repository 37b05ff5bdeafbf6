import type { CaseIndex, CaseIndexEntry } from '../../core/ports/case-index.ts';

/** The case index in this process: for tests, simulation and the embedded mode. */
export function createMemoryCaseIndex(): CaseIndex {
  const tenants = new Map<string, Map<string, CaseIndexEntry>>();
  const keyOf = (surrogate: string, caseId: string): string => `${surrogate}:${caseId}`;
  return {
    put(entries) {
      for (const entry of entries) {
        const cases = tenants.get(entry.tenant) ?? new Map<string, CaseIndexEntry>();
        tenants.set(entry.tenant, cases);
        const key = keyOf(entry.surrogate, entry.caseId);
        if (entry.version >= (cases.get(key)?.version ?? 0)) cases.set(key, entry);
      }
      return Promise.resolve();
    },
    remove({ tenant, surrogate }, caseIds) {
      for (const caseId of caseIds) tenants.get(tenant)?.delete(keyOf(surrogate, caseId));
      return Promise.resolve();
    },
    list({ tenant, status, after, limit }) {
      const places = [...(tenants.get(tenant)?.values() ?? [])]
        .filter((entry) => status === null || entry.status === status)
        .map(({ caseId, surrogate, orderKey }) => ({ caseId, surrogate, orderKey }))
        .filter(({ orderKey }) => after === null || orderKey > after)
        .sort((a, b) => (a.orderKey < b.orderKey ? -1 : 1));
      return Promise.resolve(places.slice(0, limit));
    },
  };
}
