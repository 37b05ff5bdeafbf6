import { afterAll, beforeAll, describe } from 'vitest';
import { MemoryStateServer } from '../../services/platform/memory/memory-state-server.ts';
import { createMemoryStateStore } from '../../services/platform/memory/memory-state-store.ts';
import type { RedisConnection } from '../../services/platform/redis/redis-client.ts';
import { createRedisStateStore } from '../../services/platform/redis/redis-state-store.ts';
import { openRedis } from '../support/open-redis.ts';
import { testPrefix } from '../support/test-prefix.ts';
import { describeStateStore } from './state-store-contract.ts';

describeStateStore('the memory store', () => {
  const server = new MemoryStateServer();
  return {
    store: createMemoryStateStore(server),
    sameData: createMemoryStateStore(server),
    otherNamespace: createMemoryStateStore(),
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

  describeStateStore('the Redis store', () => {
    const keyPrefix = runPrefix + testPrefix(':');
    return {
      store: createRedisStateStore({ redis: first, keyPrefix, namespace: 'customer' }),
      sameData: createRedisStateStore({ redis: second, keyPrefix, namespace: 'customer' }),
      otherNamespace: createRedisStateStore({ redis: first, keyPrefix, namespace: 'task' }),
    };
  });
});
