import type { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import type { RedisConnection } from '../../../../services/platform/redis/redis-client.ts';
import { createRedisStateStore } from '../../../../services/platform/redis/redis-state-store.ts';
import { createRedisTaskIndex } from '../../../../services/platform/redis/redis-task-index.ts';

/** A cluster: it refuses a script call whose keys have several hash tags, and remembers the keys of the others. */
function aCluster(reply: unknown) {
  const calls: string[][] = [];
  const pipeline = () => {
    const results: [Error | null, unknown][] = [];
    return {
      evalsha(_sha: string, count: number, ...rest: unknown[]) {
        const keys = rest.slice(0, count) as string[];
        const isRefused = tagsOf(keys).size > 1;
        if (!isRefused) calls.push(keys);
        results.push(
          isRefused ? [new Error("CROSSSLOT Keys in request don't hash to the same slot"), null] : [null, reply],
        );
      },
      exec: () => Promise.resolve(results),
    };
  };
  const redis: RedisConnection = {
    client: { pipeline } as unknown as Redis,
    connectionEpoch: () => 1,
    check: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return { redis, calls };
}

function tagsOf(keys: readonly string[]): Set<string | undefined> {
  return new Set(keys.map((key) => /\{([^}]+)\}/.exec(key)?.[1]));
}

const key = { tenant: 'demo', surrogate: '0'.repeat(32) };
const place = { tenant: 'demo', taskId: 't1', surrogate: key.surrogate, orderKey: 'o1', rankKey: 'r1' };
const lists = { arm: 'treated', queue: 'care', respondBy: 1 } as const;

describe('a script call', () => {
  it.each<[string, (redis: RedisConnection) => Promise<unknown>]>([
    [
      'put-task',
      (redis) =>
        createRedisTaskIndex({ redis, keyPrefix: 'p:' }).put([{ ...place, ...lists, status: 'open', version: 1 }]),
    ],
    ['remove-task', (redis) => createRedisTaskIndex({ redis, keyPrefix: 'p:' }).remove('demo', ['t1'])],
  ])('of %s names keys of one hash tag only', async (_name, call) => {
    const { redis, calls } = aCluster(0);
    await call(redis);
    expect(calls).toHaveLength(1);
    expect(tagsOf(calls.flat()).has(undefined)).toBe(false);
    expect(tagsOf(calls.flat()).size).toBe(1);
  });

  it('of compare-and-set names one customer only, once a cluster has refused several', async () => {
    const { redis, calls } = aCluster([1]);
    const store = createRedisStateStore({ redis, keyPrefix: 'p:', namespace: 'customer' });
    const updates = Array.from({ length: 3 }, (_, i) => ({
      key: { tenant: 'demo', surrogate: String(i).repeat(32) },
      expectedVersion: 0,
      version: 1,
      bytes: Buffer.from('x'),
    }));
    expect(await store.compareAndSet(updates)).toEqual([true, true, true]);
    expect(await store.compareAndSet(updates)).toEqual([true, true, true]);
    expect(calls).toHaveLength(6);
    for (const keys of calls) expect(keys).toHaveLength(1);
    expect(tagsOf(calls.flat()).size).toBe(3);
  });
});
