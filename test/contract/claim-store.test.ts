import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe } from 'vitest';
import { createMemoryClaimStore } from '../../services/platform/memory/memory-claim-store.ts';
import { createVirtualClock } from '../../services/platform/memory/virtual-clock.ts';
import { createRedisClaimStore } from '../../services/platform/redis/redis-claim-store.ts';
import type { RedisConnection } from '../../services/platform/redis/redis-client.ts';
import { openRedis } from '../support/open-redis.ts';
import { testPrefix } from '../support/test-prefix.ts';
import { describeClaimStore } from './claim-store-contract.ts';

describeClaimStore('the memory store', () => {
  const clock = createVirtualClock(1_000_000);
  const store = createMemoryClaimStore(clock);
  return {
    store,
    other: store,
    passClaimTtl: () => clock.advance(60_000),
    passDoneTtl: () => clock.advance(24 * 60 * 60_000),
  };
});

describe('on a real Redis', () => {
  // Long against a few round trips, also on a busy machine.
  const expiring = { claimTtlMs: 1000, doneTtlMs: 3000 };
  const runPrefix = testPrefix(':');
  let first: RedisConnection;
  let second: RedisConnection;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    ({ redis: first, remove } = await openRedis(runPrefix));
    ({ redis: second } = await openRedis(runPrefix));
  });

  afterAll(async () => {
    await remove();
    await Promise.all([first.close(), second.close()]);
  });

  describeClaimStore('the Redis store', (life) => {
    const keyPrefix = runPrefix + testPrefix(':');
    const times = life === 'expiring' ? expiring : {};
    return {
      store: createRedisClaimStore({ redis: first, keyPrefix, ...times }),
      other: createRedisClaimStore({ redis: second, keyPrefix, ...times }),
      passClaimTtl: () => pause(expiring.claimTtlMs + 20),
      passDoneTtl: () => pause(expiring.doneTtlMs + 20),
    };
  });
});
