import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerIndex } from '../../services/core/ports/customer-index.ts';
import { createMemoryCustomerIndex } from '../../services/platform/memory/memory-customer-index.ts';
import { createRedisCustomerIndex } from '../../services/platform/redis/redis-customer-index.ts';
import { openRedis, type OpenedRedis } from '../support/open-redis.ts';
import { testPrefix } from '../support/test-prefix.ts';

const surrogates = Array.from({ length: 25 }, (_, i) => (i * 41).toString(16).padStart(32, i % 2 === 0 ? '0' : 'f'));

function describeIndex(name: string, make: () => CustomerIndex): void {
  describe(name, () => {
    it('gives every customer of a partition and tenant once, in ascending order, page by page', async () => {
      const index = make();
      await index.add(
        3,
        surrogates.map((surrogate) => ({ tenant: 'a', surrogate })),
      );
      await index.add(3, [{ tenant: 'a', surrogate: surrogates[4] }]);
      const found: string[] = [];
      for (let after: string | null = null; ; after = found[found.length - 1]) {
        const page = await index.page(3, 'a', after, 7);
        found.push(...page);
        if (page.length < 7) break;
      }
      expect(found).toEqual([...surrogates].sort());
    });

    it('keeps partitions and tenants apart', async () => {
      const index = make();
      const [first, second, third] = surrogates;
      await index.add(0, [
        { tenant: 'a', surrogate: first },
        { tenant: 'b', surrogate: second },
      ]);
      await index.add(1, [{ tenant: 'a', surrogate: third }]);
      expect(await index.page(0, 'a', null, 10)).toEqual([first]);
      expect(await index.page(0, 'b', null, 10)).toEqual([second]);
      expect(await index.page(1, 'a', null, 10)).toEqual([third]);
      expect(await index.page(1, 'b', null, 10)).toEqual([]);
    });

    it('goes on after a customer that it does not hold', async () => {
      const index = make();
      await index.add(0, [{ tenant: 'a', surrogate: 'c'.repeat(32) }]);
      expect(await index.page(0, 'a', 'b'.repeat(32), 10)).toEqual(['c'.repeat(32)]);
      expect(await index.page(0, 'a', 'd'.repeat(32), 10)).toEqual([]);
    });
  });
}

describeIndex('the memory index of customers', createMemoryCustomerIndex);

describe('on a real Redis', () => {
  const prefix = testPrefix(':');
  let opened: OpenedRedis;

  beforeAll(async () => {
    opened = await openRedis(prefix);
  });

  afterAll(async () => {
    await opened.remove();
    await opened.redis.close();
  });

  describeIndex('the Redis index of customers', () =>
    createRedisCustomerIndex({ redis: opened.redis, keyPrefix: prefix + testPrefix(':') }),
  );
});
