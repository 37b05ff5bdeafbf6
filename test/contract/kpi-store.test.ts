import { afterAll, beforeAll, describe } from 'vitest';
import { createMemoryKpiStore, MemoryKpiServer } from '../../services/platform/memory/memory-kpi-store.ts';
import type { RedisConnection } from '../../services/platform/redis/redis-client.ts';
import { createRedisKpiStore } from '../../services/platform/redis/redis-kpi-store.ts';
import { openRedis } from '../support/open-redis.ts';
import { testPrefix } from '../support/test-prefix.ts';
import { describeKpiStore } from './kpi-store-contract.ts';

describeKpiStore('the memory store', () => {
  const server = new MemoryKpiServer();
  return {
    store: createMemoryKpiStore(server),
    sameData: createMemoryKpiStore(server),
    otherPrefix: createMemoryKpiStore(),
  };
});

describe('on a real Redis', () => {
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

  describeKpiStore('the Redis store', () => {
    const keyPrefix = runPrefix + testPrefix(':');
    return {
      store: createRedisKpiStore({ redis: first, keyPrefix }),
      sameData: createRedisKpiStore({ redis: second, keyPrefix }),
      otherPrefix: createRedisKpiStore({ redis: first, keyPrefix: `${keyPrefix}other:` }),
    };
  });
});
