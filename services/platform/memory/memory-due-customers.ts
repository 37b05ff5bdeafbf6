import type { DueCustomer, DueCustomers } from '../../core/ports/due-customers.ts';

/** Due customers in this process: the twin of the Redis ones for tests. */
export function createMemoryDueCustomers(): DueCustomers {
  const partitions = new Map<number, Map<string, DueCustomer>>();
  const of = (partition: number): Map<string, DueCustomer> => {
    const found = partitions.get(partition) ?? new Map<string, DueCustomer>();
    partitions.set(partition, found);
    return found;
  };
  const nameOf = ({ key }: DueCustomer): string => JSON.stringify([key.tenant, key.surrogate]);
  return {
    async bringForward(partition, entries) {
      await Promise.resolve();
      for (const entry of entries) {
        const before = of(partition).get(nameOf(entry));
        if (before === undefined || entry.at < before.at) of(partition).set(nameOf(entry), entry);
      }
    },
    async move(partition, entries) {
      await Promise.resolve();
      for (const entry of entries) of(partition).set(nameOf(entry), entry);
    },
    async due(partition, now, limit) {
      await Promise.resolve();
      const found = [...of(partition).values()].filter((entry) => entry.at <= now).sort((a, b) => a.at - b.at);
      return found.slice(0, limit).map(({ key }) => key);
    },
  };
}
