import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerKey, StateStore } from '../../../services/core/ports/state-store.ts';
import { createRedisStateStore } from '../../../services/platform/redis/redis-state-store.ts';
import { type OpenedRedis, openRedis } from '../../support/open-redis.ts';
import { testPrefix } from '../../support/test-prefix.ts';

const keyPrefix = testPrefix();
const customers = 50;
/** Writes of each writer per customer: 10,000 in all. */
const writes = 100;
const keys: CustomerKey[] = Array.from({ length: customers }, (_, i) => ({ tenant: 'demo', surrogate: `c${i}` }));

/** Appends `name` and a counter to each customer's list `writes` times, loading again whenever the write is refused. */
async function appendAll(store: StateStore, name: string): Promise<number> {
  const left = new Map(keys.map((key) => [key.surrogate, { key, next: 0 }]));
  let refused = 0;
  while (left.size > 0) {
    const open = [...left.values()];
    const stored = await store.load(open.map(({ key }) => key));
    const written = await store.compareAndSet(
      open.map(({ key, next }, i) => ({
        key,
        expectedVersion: stored[i]?.version ?? 0,
        version: (stored[i]?.version ?? 0) + 1,
        bytes: Buffer.concat([stored[i]?.bytes ?? Buffer.alloc(0), Buffer.from(`${name}${next} `)]),
      })),
    );
    open.forEach((entry, i) => {
      if (!written[i]) refused += 1;
      else if (++entry.next === writes) left.delete(entry.key.surrogate);
    });
  }
  return refused;
}

describe('two writers of the same customers on two connections', () => {
  let opened: OpenedRedis[];

  beforeAll(async () => {
    opened = [await openRedis(keyPrefix), await openRedis(keyPrefix)];
  });
  afterAll(async () => {
    await opened[0].remove();
    await Promise.all(opened.map(({ redis }) => redis.close()));
  });

  it('end, after ten thousand interleaved writes, as if one had come after the other', async () => {
    const [a, b] = opened.map(({ redis }) => createRedisStateStore({ redis, keyPrefix, namespace: 'customer' }));
    const refused = await Promise.all([appendAll(a, 'a'), appendAll(b, 'b')]);
    expect(refused[0] + refused[1]).toBeGreaterThan(0);
    for (const stored of await a.load(keys)) {
      const items = stored!.bytes.toString().trim().split(' ');
      expect(stored!.version).toBe(2 * writes);
      expect(items).toHaveLength(2 * writes);
      for (const name of ['a', 'b']) {
        const own = items.filter((item) => item.startsWith(name));
        expect(own).toEqual(Array.from({ length: writes }, (_, i) => `${name}${i}`));
      }
    }
  });
});
