import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedisUnmappedStore } from '../../../services/platform/redis/redis-unmapped-store.ts';
import { openRedis } from '../../support/open-redis.ts';
import type { OpenedRedis } from '../../support/open-redis.ts';
import { testPrefix } from '../../support/test-prefix.ts';

const prefix = testPrefix();
let opened: OpenedRedis;

beforeAll(async () => {
  opened = await openRedis(prefix);
});

afterAll(async () => {
  await opened.remove();
  await opened.redis.close();
});

const aStore = (namesPerTenant = 500) =>
  createRedisUnmappedStore({ redis: opened.redis, keyPrefix: prefix, namesPerTenant, keptDays: 90 });
const seen = (name: string, count: number, firstSeen: number, lastSeen: number) => ({
  ...{ source: 'web', name, count, firstSeen, lastSeen },
});
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

describe('the store of unmapped names', () => {
  it('adds up what several processes write, in any order, and keeps tenants and sources apart', async () => {
    const now = Date.UTC(2026, 10, 27);
    await aStore().add('acme', [seen('Quiz Won | twice', 2, now + 5, now + 9), seen('b', 1, now, now)]);
    await aStore().add('acme', [seen('Quiz Won | twice', 3, now + 1, now + 4)]);
    await aStore().add('acme', [{ ...seen('b', 1, now, now), source: 'pos' }]);
    await aStore().add('other', [seen('b', 7, 1, 2)]);
    await aStore().add('other', []);
    expect([...(await aStore().read('acme'))].sort((a, b) => a.count - b.count || (a.source < b.source ? -1 : 1))).toEqual([
      { ...seen('b', 1, now, now), source: 'pos' },
      seen('b', 1, now, now),
      seen('Quiz Won | twice', 5, now + 1, now + 9),
    ]); // prettier-ignore
    expect(await aStore().read('other')).toEqual([seen('b', 7, 1, 2)]);
    expect(await aStore().read('nobody')).toEqual([]);
    expect(await opened.redis.client.ttl(`${prefix}unmapped:{acme}`)).toBeGreaterThan(89 * 86_400);
  });

  it('holds a bounded number of names: those not seen for longest make room', async () => {
    await aStore(3).add('full', [seen('steady', 1, 1, 9), seen('x', 9, 2, 2), seen('y', 1, 3, 3)]);
    await aStore(3).add('full', [seen('z', 1, 8, 8), seen('a', 1, 7, 7)]);
    expect([...(await aStore().read('full'))].sort(byName)).toEqual([
      seen('a', 1, 7, 7),
      seen('steady', 1, 1, 9),
      seen('z', 1, 8, 8),
    ]);
  });
});
