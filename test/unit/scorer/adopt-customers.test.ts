import { describe, expect, it } from 'vitest';
import { createMemoryCustomerIndex } from '../../../services/platform/memory/memory-customer-index.ts';
import { adoptCustomers } from '../../../services/scorer/adopt-customers.ts';
import { twinTenant } from '../../support/scorer-twin.ts';

describe('taking over the customers of old partitions', () => {
  it('heartbeats with every page: with many customers it takes longer than a session', async () => {
    const index = createMemoryCustomerIndex();
    const surrogates = Array.from({ length: 3_000 }, (_, i) => i.toString(16).padStart(32, '0'));
    await index.add(
      0,
      surrogates.map((surrogate) => ({ tenant: 'demo', surrogate })),
    );
    let beats = 0;
    await adoptCustomers({
      index,
      tenants: new Map([['demo', twinTenant('demo', 'UTC')]]),
      partition: 1,
      partitions: 2,
      from: 1,
      heartbeat: () => Promise.resolve(void (beats += 1)),
    });
    expect(beats).toBeGreaterThanOrEqual(3);
    const adopted = await index.page(1, 'demo', null, surrogates.length);
    expect(adopted.length).toBeGreaterThan(1_000);
    expect(adopted.length).toBeLessThan(2_000);
  });
});
