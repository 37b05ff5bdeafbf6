import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DueIndex } from '../../services/core/ports/due-index.ts';
import { createMemoryDueIndex } from '../../services/platform/memory/memory-due-index.ts';
import { createRedisDueIndex } from '../../services/platform/redis/redis-due-index.ts';
import { openRedis, type OpenedRedis } from '../support/open-redis.ts';
import { runs } from '../support/property-runs.ts';
import { testPrefix } from '../support/test-prefix.ts';

const shard = 3;
const keyOf = (number: number, tenant = 'demo') => ({ tenant, surrogate: number.toString(16).padStart(32, '0') });
const at = 1_700_000_000_000;

function describeDueIndex(name: string, make: () => DueIndex): void {
  describe(name, () => {
    it('gives what is due, the earliest first, and no more than asked for', async () => {
      const index = make();
      await index.mark(shard, [3, 1, 2].map((number) => ({ key: keyOf(number), dueAt: at + number }))); // prettier-ignore
      expect(await index.due(shard, at, 10)).toEqual([]);
      expect(await index.due(shard, at + 2, 10)).toEqual([1, 2].map((n) => ({ key: keyOf(n), dueAt: at + n })));
      expect(await index.due(shard, at + 9, 1)).toEqual([{ key: keyOf(1), dueAt: at + 1 }]);
      expect(await index.size(shard)).toBe(3);
    });

    it('never moves a customer to a later time by a mark', async () => {
      const index = make();
      await index.mark(shard, [{ key: keyOf(1), dueAt: at + 100 }]);
      await index.mark(shard, [{ key: keyOf(1), dueAt: at + 5_000 }]);
      const [{ dueAt }] = await index.due(shard, at + 100, 10);
      expect(dueAt).toBeLessThanOrEqual(at + 100);
      await index.mark(shard, [{ key: keyOf(1), dueAt: at + 10 }]);
      expect(await index.due(shard, at + 10, 10)).toEqual([{ key: keyOf(1), dueAt: at + 10 }]);
    });

    it('moves on or takes out what still stands as it was read, and leaves what was marked since', async () => {
      const index = make();
      await index.mark(shard, [1, 2, 3, 4].map((number) => ({ key: keyOf(number), dueAt: at }))); // prettier-ignore
      const read = await index.due(shard, at, 10);
      await index.mark(shard, [
        { key: keyOf(3), dueAt: at },
        { key: keyOf(4), dueAt: at + 9_000 },
      ]);
      const next = [at + 500, null, at + 500, null];
      await index.settle(
        shard,
        read.map((mark, i) => ({ ...mark, next: next[i] })),
      );
      expect((await index.due(shard, at, 10)).map(({ key }) => key)).toEqual([keyOf(3), keyOf(4)]);
      expect(await index.due(shard, at + 500, 10)).toContainEqual({ key: keyOf(1), dueAt: at + 500 });
      expect(await index.size(shard)).toBe(3);
    });

    it('keeps shards and tenants apart, whatever a tenant is called', async () => {
      const index = make();
      const odd = keyOf(1, 'a:b {c}%');
      await index.mark(0, [
        { key: odd, dueAt: at },
        { key: keyOf(1, 'b'), dueAt: at + 1 },
      ]);
      expect(await index.due(1, at + 1, 10)).toEqual([]);
      expect((await index.due(0, at + 1, 10)).map(({ key }) => key)).toEqual([odd, keyOf(1, 'b')]);
    });

    it('does nothing for nobody', async () => {
      const index = make();
      await index.mark(shard, []);
      await index.settle(shard, [{ key: keyOf(9), dueAt: at, next: at + 1 }]);
      expect(await index.size(shard)).toBe(0);
    });
  });
}

const step = fc.record({
  does: fc.constantFrom('mark' as const, 'settle' as const, 'read' as const),
  number: fc.integer({ min: 0, max: 3 }),
  dueAt: fc.integer({ min: at, max: at + 20 }),
  next: fc.option(fc.integer({ min: at, max: at + 20 }), { nil: null }),
});

describeDueIndex('the memory due index', createMemoryDueIndex);

describe('on a real Redis', () => {
  const prefix = testPrefix(':');
  let opened: OpenedRedis;
  const make = () => createRedisDueIndex({ redis: opened.redis, keyPrefix: prefix + testPrefix(':') });

  beforeAll(async () => {
    opened = await openRedis(prefix);
  });

  afterAll(async () => {
    await opened.remove();
    await opened.redis.close();
  });

  describeDueIndex('the Redis due index', make);

  it('does the same as the memory index, step for step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const [memory, redis] = [createMemoryDueIndex(), make()];
        let read = await memory.due(shard, at, 10);
        for (const { does, number, dueAt, next } of steps) {
          if (does === 'read') read = await memory.due(shard, dueAt, 10);
          for (const index of [memory, redis]) {
            if (does === 'mark') await index.mark(shard, [{ key: keyOf(number), dueAt }]);
            if (does === 'settle') await index.settle(shard, read.map((mark) => ({ ...mark, next }))); // prettier-ignore
          }
          expect(await redis.due(shard, at + 20, 10)).toEqual(await memory.due(shard, at + 20, 10));
        }
      }),
      { numRuns: runs(40) },
    );
  });
});
