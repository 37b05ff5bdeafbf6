import type { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { createRedisClaimStore } from '../../../../services/platform/redis/redis-claim-store.ts';
import type { RedisConnection } from '../../../../services/platform/redis/redis-client.ts';
import { createRedisStateStore } from '../../../../services/platform/redis/redis-state-store.ts';
import { createRedisTaskIndex } from '../../../../services/platform/redis/redis-task-index.ts';

/** A connection that answers every script with 0 and remembers the keys of each call. */
function aRecorder() {
  const calls: string[][] = [];
  const pipeline = () => {
    let length = 0;
    return {
      evalsha(_sha: string, count: number, ...rest: unknown[]) {
        calls.push(rest.slice(0, count) as string[]);
        length += 1;
      },
      exec: () => Promise.resolve(Array.from({ length }, () => [null, 0])),
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

const key = { tenant: 'demo', surrogate: '0'.repeat(32) };
const claims = [{ tenant: 'demo', source: 'web', eventId: 'e1', contentHash: 'c' }];
const place = { tenant: 'demo', taskId: 't1', surrogate: key.surrogate, orderKey: 'o1' };

describe('every script call', () => {
  it.each<[string, (redis: RedisConnection) => Promise<unknown>]>([
    [
      'compare-and-set',
      (redis) =>
        createRedisStateStore({ redis, keyPrefix: 'p:', namespace: 'customer' }).compareAndSet([
          { key, expectedVersion: 0, version: 1, bytes: Buffer.from('x') },
        ]),
    ],
    ['claim', (redis) => createRedisClaimStore({ redis, keyPrefix: 'p:' }).claim(claims)],
    ['confirm', (redis) => createRedisClaimStore({ redis, keyPrefix: 'p:' }).confirm(claims)],
    ['release', (redis) => createRedisClaimStore({ redis, keyPrefix: 'p:' }).release(claims)],
    [
      'put-task',
      (redis) => createRedisTaskIndex({ redis, keyPrefix: 'p:' }).put([{ ...place, status: 'open', version: 1 }]),
    ],
    ['remove-task', (redis) => createRedisTaskIndex({ redis, keyPrefix: 'p:' }).remove('demo', ['t1'])],
  ])('of %s names keys of one hash tag only', async (_name, call) => {
    const { redis, calls } = aRecorder();
    await call(redis);
    expect(calls).toHaveLength(1);
    const tags = calls.flat().map((each) => /\{([^}]+)\}/.exec(each)?.[1]);
    expect(tags).not.toContain(undefined);
    expect(new Set(tags).size).toBe(1);
  });
});
