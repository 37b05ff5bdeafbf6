import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StateStore, StateUpdate } from '../../../services/core/ports/state-store.ts';
import { createRedis } from '../../../services/platform/redis/redis-client.ts';
import type { RedisConnection } from '../../../services/platform/redis/redis-client.ts';
import { createRedisStateStore } from '../../../services/platform/redis/redis-state-store.ts';
import { waitForDependency } from '../../../services/platform/runtime/start-dependencies.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { eventually } from '../../support/eventually.ts';
import { openRedis } from '../../support/open-redis.ts';
import type { OpenedRedis } from '../../support/open-redis.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';
import { openTcpProxy } from '../../support/tcp-proxy.ts';
import type { TcpProxy } from '../../support/tcp-proxy.ts';
import { testPrefix } from '../../support/test-prefix.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
const outage = { code: 'ERR_STORE_UNAVAILABLE', retryable: true };
const answerTimeoutMs = 1000;

let keyPrefix: string;
let direct: OpenedRedis;
let proxy: TcpProxy;
let redis: RedisConnection;
let store: StateStore;

beforeEach(async () => {
  keyPrefix = testPrefix(':');
  direct = await openRedis(keyPrefix);
  const address = new URL(stackAddresses.redis);
  proxy = await openTcpProxy({ host: address.hostname, port: Number(address.port || 6379) });
  redis = createRedis({ url: `redis://127.0.0.1:${proxy.port}`, logger, answerTimeoutMs });
  store = createRedisStateStore({ redis, keyPrefix, namespace: 'customer' });
  await eventually(() => redis.check());
});

afterEach(async () => {
  await redis.close();
  await proxy.close();
  await direct.remove();
  await direct.redis.close();
});

function anUpdate(number: number, expectedVersion = 0): StateUpdate {
  const key = { tenant: 'demo', surrogate: number.toString(16).padStart(32, '0') };
  return { key, expectedVersion, version: expectedVersion + 1, bytes: Buffer.from(`state ${number}`) };
}

describe('a connection that is lost', () => {
  it('rejects at once what cannot be sent, queues nothing, and works again under a new epoch', async () => {
    const before = redis.connectionEpoch();
    expect(before).toBeGreaterThan(0);
    proxy.cut();
    await eventually(() => expect(redis.client.status).not.toBe('ready'));
    const updates = Array.from({ length: 100 }, (_, i) => anUpdate(i));
    for (let i = 0; i < 50; i++) await expect(store.compareAndSet(updates)).rejects.toMatchObject(outage);
    await expect(store.load([anUpdate(1).key])).rejects.toMatchObject(outage);
    await expect(redis.check()).rejects.toMatchObject(outage);

    proxy.restore();
    await eventually(() => redis.check());
    expect(redis.connectionEpoch()).toBeGreaterThan(before);
    // Nothing of what was refused is applied afterwards.
    expect(await store.load(updates.map((update) => update.key))).toEqual(updates.map(() => null));
  });

  it('rejects what was sent and not answered, and does not send it again', async () => {
    proxy.stall();
    const unanswered = store.compareAndSet([anUpdate(1)]);
    const refused = expect(unanswered).rejects.toMatchObject(outage);
    proxy.cut();
    await refused;
    proxy.restore();
    await eventually(() => redis.check());
    expect(await store.load([anUpdate(1).key])).toEqual([null]);
  });

  it('gives up a connection from which no answer comes', async () => {
    const before = redis.connectionEpoch();
    proxy.stall();
    await expect(store.load([anUpdate(1).key])).rejects.toMatchObject(outage);
    proxy.restore();
    await eventually(() => redis.check());
    expect(redis.connectionEpoch()).toBeGreaterThan(before);
  });

  it('rejects the whole call when a part of a long batch was answered, and the call can be repeated', async () => {
    const updates = Array.from({ length: 20_000 }, (_, i) => anUpdate(i));
    proxy.holdAfter(100_000);
    const call = store.compareAndSet(updates);
    const settled = call.then(
      () => 'written',
      (error: unknown) => error,
    );
    const first = createRedisStateStore({ redis: direct.redis, keyPrefix, namespace: 'customer' });
    await eventually(async () => expect(await first.load([anUpdate(0).key])).not.toEqual([null]), { intervalMs: 1 });
    proxy.cut();
    expect(await settled).toMatchObject(outage);
    proxy.restore();
    await eventually(() => redis.check());
    const written = await store.load(updates.map((update) => update.key));
    expect(written.some((state) => state === null)).toBe(true);
    const repeated = await store.compareAndSet(updates);
    expect(repeated).toEqual(written.map((state) => state === null));
  });

  it('is tried again for as long as it takes, with growing pauses', async () => {
    proxy.cut();
    const before = proxy.connections();
    await eventually(() => expect(proxy.connections() - before).toBeGreaterThanOrEqual(4));
    expect(proxy.connections() - before).toBeLessThan(10);
  });
});

describe('scripts', () => {
  it('are sent again when Redis has forgotten them in the middle of the work', async () => {
    await store.compareAndSet([anUpdate(1)]);
    await direct.redis.client.script('FLUSH');
    const updates = Array.from({ length: 1200 }, (_, i) => anUpdate(i, i === 1 ? 1 : 0));
    const call = store.compareAndSet(updates);
    const flush = direct.redis.client.script('FLUSH');
    expect(await call).toEqual(updates.map(() => true));
    await flush;
    expect(await store.compareAndSet([anUpdate(1, 2), anUpdate(2, 7)])).toEqual([true, false]);
  });
});

describe('a Redis that is not there at the start', () => {
  it('is waited for, and named with its address when it does not come', async () => {
    proxy.cut();
    const missing = createRedis({ url: `redis://127.0.0.1:${proxy.port}`, logger });
    const options = { timeoutMs: 400, logger, address: `redis://127.0.0.1:${proxy.port}`, variable: 'REDIS_URL' };
    await expect(waitForDependency('Redis', () => missing.check(), options)).rejects.toMatchObject({
      code: 'ERR_STACK_UNAVAILABLE',
      message: expect.stringMatching(
        new RegExp(`^Redis did not answer at redis://127\\.0\\.0\\.1:${proxy.port} .*REDIS_URL`),
      ) as string,
    });
    proxy.restore();
    await waitForDependency('Redis', () => missing.check(), { ...options, timeoutMs: 10_000 });
    await missing.close();
  });

  it('does not keep a connection from being closed', async () => {
    proxy.cut();
    const missing = createRedis({ url: `redis://127.0.0.1:${proxy.port}`, logger });
    await missing.close();
    await missing.close();
    await expect(missing.check()).rejects.toMatchObject(outage);
  });
});
