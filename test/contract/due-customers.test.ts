import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DueCustomers } from '../../services/core/ports/due-customers.ts';
import { createMemoryDueCustomers } from '../../services/platform/memory/memory-due-customers.ts';
import { createRedisDueCustomers } from '../../services/platform/redis/redis-due-customers.ts';
import { type OpenedRedis, openRedis } from '../support/open-redis.ts';
import { testPrefix } from '../support/test-prefix.ts';

const keyOf = (number: number, tenant = 'demo') => ({ tenant, surrogate: number.toString(16).padStart(32, '0') });

function describeDueCustomers(name: string, make: () => DueCustomers): void {
  describe(`due customers (${name})`, () => {
    it('are those whose time has come, the most overdue first, at most so many', async () => {
      const due = make();
      await due.bringForward(1, [
        { key: keyOf(1), at: 30 },
        { key: keyOf(2), at: 10 },
        { key: keyOf(3, 'a:b'), at: 20 },
        { key: keyOf(4), at: 31 },
      ]);
      expect(await due.due(1, 30, 10)).toEqual([keyOf(2), keyOf(3, 'a:b'), keyOf(1)]);
      expect(await due.due(1, 30, 2)).toEqual([keyOf(2), keyOf(3, 'a:b')]);
      expect(await due.due(2, 30, 10)).toEqual([]);
      expect(await due.due(1, 9, 10)).toEqual([]);
    });

    it('are brought forward, never put off, by what comes', async () => {
      const due = make();
      await due.bringForward(1, [{ key: keyOf(1), at: 20 }]);
      await due.bringForward(1, [{ key: keyOf(1), at: 40 }]);
      expect(await due.due(1, 20, 10)).toEqual([keyOf(1)]);
      await due.bringForward(1, [{ key: keyOf(1), at: 5 }]);
      expect(await due.due(1, 5, 10)).toEqual([keyOf(1)]);
    });

    it('are put off once they were looked at', async () => {
      const due = make();
      await due.bringForward(1, [{ key: keyOf(1), at: 20 }]);
      await due.move(1, [{ key: keyOf(1), at: 1_800_000_000_000 }]);
      expect(await due.due(1, 20, 10)).toEqual([]);
      expect(await due.due(1, 1_800_000_000_000, 10)).toEqual([keyOf(1)]);
    });
  });
}

describeDueCustomers('memory', createMemoryDueCustomers);

describe('on Redis', () => {
  const prefix = testPrefix();
  let opened: OpenedRedis;
  let count = 0;
  beforeAll(async () => {
    opened = await openRedis(prefix);
  });
  afterAll(async () => {
    await opened.remove();
    await opened.redis.close();
  });
  describeDueCustomers('Redis', () =>
    createRedisDueCustomers({ redis: opened.redis, keyPrefix: prefix, namespace: `due${(count += 1)}` }),
  );
});
