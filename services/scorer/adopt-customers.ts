import { keyPartition } from '../core/events/key-partition.ts';
import type { CustomerIndex } from '../core/ports/customer-index.ts';
import type { ScorerTenant } from './scorer-tenant.ts';

export interface AdoptDeps {
  readonly index: CustomerIndex;
  readonly tenants: ReadonlyMap<string, ScorerTenant>;
  /** The partition that takes over, and how many there are from now on. */
  readonly partition: number;
  readonly partitions: number;
  /** Partitions to take over from: 0 up to, but not including, this one. */
  readonly from: number;
  /** Called with every page, so that the work does not cost the member its place in the group. */
  readonly heartbeat: () => Promise<void>;
}

const pageSize = 1_000;

/** Takes the customers whose keys now belong to a partition into its index. May be repeated. */
export async function adoptCustomers(deps: AdoptDeps): Promise<void> {
  const { index, tenants, partition, partitions, from, heartbeat } = deps;
  for (const tenant of tenants.keys()) {
    for (let old = 0; old < from; old++) {
      if (old === partition) continue;
      for await (const surrogates of pagesOf(index, old, tenant)) {
        await heartbeat();
        const ours = surrogates.filter((surrogate) => belongsTo(surrogate, partition, partitions));
        if (ours.length === 0) continue;
        await index.add(
          partition,
          ours.map((surrogate) => ({ tenant, surrogate })),
        );
      }
    }
  }
}

/** Whether the records of a customer stand on this partition. */
export function belongsTo(surrogate: string, partition: number, partitions: number): boolean {
  return keyPartition(Buffer.from(surrogate), partitions) === partition;
}

async function* pagesOf(index: CustomerIndex, partition: number, tenant: string): AsyncGenerator<readonly string[]> {
  let after: string | null = null;
  for (;;) {
    const page: readonly string[] = await index.page(partition, tenant, after, pageSize);
    if (page.length > 0) yield page;
    if (page.length < pageSize) return;
    after = page[page.length - 1];
  }
}
