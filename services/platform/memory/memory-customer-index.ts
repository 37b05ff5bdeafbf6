import type { CustomerIndex } from '../../core/ports/customer-index.ts';

/** The index in this process: the twin of the one in Redis. */
export function createMemoryCustomerIndex(): CustomerIndex {
  const members = new Map<string, Set<string>>();
  return {
    async add(partition, customers) {
      await Promise.resolve();
      for (const { tenant, surrogate } of customers) {
        const key = nameOf(partition, tenant);
        const held = members.get(key) ?? new Set();
        members.set(key, held.add(surrogate));
      }
    },
    async page(partition, tenant, after, limit) {
      await Promise.resolve();
      const held = [...(members.get(nameOf(partition, tenant)) ?? [])].sort();
      return held.filter((surrogate) => after === null || surrogate > after).slice(0, limit);
    },
  };
}

function nameOf(partition: number, tenant: string): string {
  return `${partition}/${tenant}`;
}
