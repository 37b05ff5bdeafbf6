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
  const claimTtlMs = 60_000;
  const doneTtlMs = 24 * 60 * 60_000;
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

  /** What so much time does to keys that end. */
  async function pass(keyPrefix: string, ms: number): Promise<void> {
    for await (const keys of first.client.scanStream({ match: `${keyPrefix}*` })) {
      for (const key of keys as string[]) await first.client.pexpire(key, (await first.client.pttl(key)) - ms);
    }
  }

  describeClaimStore('the Redis store', () => {
    const keyPrefix = runPrefix + testPrefix(':');
    return {
      store: createRedisClaimStore({ redis: first, keyPrefix }),
      other: createRedisClaimStore({ redis: second, keyPrefix }),
      passClaimTtl: () => pass(keyPrefix, claimTtlMs),
      passDoneTtl: () => pass(keyPrefix, doneTtlMs),
    };
  });
});
