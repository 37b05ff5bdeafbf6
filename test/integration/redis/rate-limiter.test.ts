import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedisRateLimiter } from '../../../services/platform/redis/redis-rate-limiter.ts';
import { eventually } from '../../support/eventually.ts';
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

const aLimiter = () => createRedisRateLimiter({ redis: opened.redis, keyPrefix: prefix });

describe('the limiter in Redis', () => {
  it('lets a burst pass, then says how long to wait, for all processes together', async () => {
    const [one, two] = [aLimiter(), aLimiter()];
    const limit = { key: 'burst', unitsPerSecond: 0.01, burst: 20 };
    const first = await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? one : two).take(limit, 2)));
    expect(first).toEqual(first.map(() => 0));
    // 20 taken, a little paid back meanwhile: the next is let in as well, and owes
    expect(await two.take(limit, 5)).toBe(0);
    const wait = await one.take(limit, 1);
    expect(wait).toBeGreaterThan(400_000);
    expect(wait).toBeLessThanOrEqual(500_000);
  });

  it('takes more than the burst at once, and makes it owe the rest', async () => {
    const limit = { key: 'large', unitsPerSecond: 0.1, burst: 10 };
    expect(await aLimiter().take(limit, 100)).toBe(0);
    const wait = await aLimiter().take(limit, 1);
    expect(wait).toBeGreaterThan(700_000);
    expect(wait).toBeLessThanOrEqual(900_000);
  });

  it('lets through what the rate allows over time, and no more', async () => {
    const limit = { key: 'rate', unitsPerSecond: 1000, burst: 50 };
    const begun = performance.now();
    let passed = 0;
    await eventually(async () => {
      for (let index = 0; index < 50; index++) if ((await aLimiter().take(limit, 5)) === 0) passed += 5;
      expect(passed).toBeGreaterThan(500);
    });
    const allowed = performance.now() - begun + 50 + 5;
    expect(passed).toBeLessThanOrEqual(allowed + 2);
  });

  it('keeps senders apart and forgets who has paid', async () => {
    const limit = { key: 'a', unitsPerSecond: 0.1, burst: 1 };
    expect(await aLimiter().take(limit, 10)).toBe(0);
    expect(await aLimiter().take(limit, 1)).toBeGreaterThan(0);
    expect(await aLimiter().take({ ...limit, key: 'b' }, 1)).toBe(0);
    const [quick, owes] = ['quick', 'a'].map((key) => `${prefix}rate:{${key}}`);
    expect(await aLimiter().take({ key: 'quick', unitsPerSecond: 100, burst: 1 }, 10)).toBe(0);
    await eventually(async () => expect(await opened.redis.client.exists(quick)).toBe(0));
    expect(await opened.redis.client.exists(owes)).toBe(1);
  });
});
