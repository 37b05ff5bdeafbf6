import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Delivery, DeliveryLane } from '../../services/core/deliveries/delivery.ts';
import { latestCallMs, keepDeliveryMs } from '../../services/core/deliveries/delivery-terms.ts';
import type { DeliveryStore } from '../../services/core/ports/delivery-store.ts';
import { createMemoryDeliveryStore } from '../../services/platform/memory/memory-delivery-store.ts';
import { createRedisDeliveryStore } from '../../services/platform/redis/redis-delivery-store.ts';
import { openRedis, type OpenedRedis } from '../support/open-redis.ts';
import { testPrefix } from '../support/test-prefix.ts';

const lane: DeliveryLane = { tenant: 'demo', kind: 'webhook', target: 'erp' };
const subject = { surrogate: 'a'.repeat(32), customerRef: '42', taskId: 't', playbook: 'p', channel: null };
const now = Date.UTC(2026, 0, 15, 12);
const leaseMs = 1000;

function aDelivery(id: string, overrides: Partial<Delivery> = {}): Delivery {
  return { ...lane, id, subject, createdAt: now, dueAt: now, payload: `{"of":"${id}"}`, ...overrides };
}

function describeStore(name: string, makeStore: () => DeliveryStore): void {
  describe(`a store of deliveries (${name})`, () => {
    const claimIds = async (store: DeliveryStore, at: number, limit = 10) =>
      (await store.claim(lane, { now: at, leaseMs, limit })).map(({ id }) => id);

    async function claimOne(store: DeliveryStore, at = now) {
      const [claimed] = await store.claim(lane, { now: at, leaseMs, limit: 1 });
      return claimed;
    }

    it('queues each id once, and hands out what is due with all that it holds', async () => {
      const store = makeStore();
      const both = [aDelivery('a'), aDelivery('b', { dueAt: now + 5 })];
      expect(await store.enqueue([...both, aDelivery('a', { payload: 'other' })], now)).toEqual([true, true, false]);
      expect(await store.lanes()).toEqual([lane]);
      const claimed = await store.claim(lane, { now, leaseMs, limit: 10 });
      expect(claimed).toEqual([
        { ...aDelivery('a'), dueAt: now + leaseMs, state: 'claimed', attempts: 0, claims: 1, ...noEnd },
      ]);
      expect(await claimIds(store, now + 5)).toEqual(['b']);
      expect(await claimIds(store, now + 5)).toEqual([]);
    });

    it('is not due before it is queued, however long ago it came to be', async () => {
      const store = makeStore();
      await store.enqueue([aDelivery('a', { createdAt: now - 9_000, dueAt: now - 9_000 })], now);
      expect((await store.find(lane, 'a'))?.dueAt).toBe(now);
      expect(await store.backlog(lane)).toEqual({ pending: 1, dead: 0, oldestAt: now - 9_000 });
    });

    it('hands out the most overdue first, no more than asked for, and nothing of other lanes', async () => {
      const store = makeStore();
      const others = [aDelivery('x', { target: 'crm' }), aDelivery('y', { tenant: 'two' })];
      const own = ['c', 'a', 'b'].map((id, i) => aDelivery(id, { dueAt: now + i }));
      await store.enqueue([...others, ...own], now);
      expect(await claimIds(store, now + 9, 2)).toEqual(['c', 'a']);
      expect(await claimIds(store, now + 9, 2)).toEqual(['b']);
      expect(await store.lanes()).toHaveLength(3);
    });

    it('hands a claimed one out again once its lease has ended, and hears the first holder no more', async () => {
      const store = makeStore();
      await store.enqueue([aDelivery('a')], now);
      const first = await claimOne(store);
      expect(await claimIds(store, now + leaseMs - 1)).toEqual([]);
      const second = await claimOne(store, now + leaseMs);
      expect(second.claims).toBe(2);
      expect(await store.settle(first, { as: 'dead', reason: 'late', at: now })).toBe(false);
      expect(await store.settle(first, { as: 'failed', reason: 'late', nextAt: now })).toBe(false);
      expect((await store.find(lane, 'a'))?.state).toBe('claimed');
      expect(await store.settle(second, { as: 'failed', reason: 'status-500', nextAt: now + 9_000 })).toBe(true);
      expect(await claimIds(store, now + 8_999)).toEqual([]);
      expect(await store.find(lane, 'a')).toMatchObject({ state: 'pending', attempts: 1, reason: 'status-500' });
    });

    it('believes whoever says that it was sent, for good', async () => {
      const store = makeStore();
      await store.enqueue([aDelivery('a')], now);
      const first = await claimOne(store);
      const second = await claimOne(store, now + leaseMs);
      expect(await store.settle(first, { as: 'sent', at: now + 7 })).toBe(true);
      expect(await store.settle(second, { as: 'failed', reason: 'x', nextAt: now })).toBe(false);
      expect(await store.settle(second, { as: 'sent', at: now + 8 })).toBe(false);
      expect(await claimIds(store, now + 1_000_000)).toEqual([]);
      const found = await store.find(lane, 'a');
      expect(found).toMatchObject({ state: 'sent', settledAt: now + 7, payload: '{}', subject });
      expect(await store.enqueue([aDelivery('a')], now)).toEqual([false]);
      expect(await store.backlog(lane)).toEqual({ pending: 0, dead: 0, oldestAt: null });
    });

    it('lets one wait without counting an attempt', async () => {
      const store = makeStore();
      await store.enqueue([aDelivery('a')], now);
      await store.settle(await claimOne(store), { as: 'waiting', reason: 'quiet-hours', until: now + 50 });
      expect(await store.find(lane, 'a')).toMatchObject({ attempts: 0, dueAt: now + 50, reason: 'quiet-hours' });
      expect(await claimIds(store, now + 50)).toEqual(['a']);
    });

    it('keeps the dead with their reason, and replays each once', async () => {
      const store = makeStore();
      await store.enqueue([aDelivery('a'), aDelivery('b')], now);
      for (const claimed of await store.claim(lane, { now, leaseMs, limit: 2 })) {
        await store.settle(claimed, { as: 'dead', reason: 'gone', at: now + 1 });
      }
      expect(await store.backlog(lane)).toEqual({ pending: 0, dead: 2, oldestAt: null });
      expect(await store.replay(lane, 'c', now + 2)).toBe(false);
      expect(await Promise.all([store.replay(lane, 'a', now + 2), store.replay(lane, 'a', now + 2)])).toEqual([
        true,
        false,
      ]);
      expect(await store.backlog(lane)).toEqual({ pending: 1, dead: 1, oldestAt: now + 2 });
      const [again] = await store.claim(lane, { now: now + 2, leaseMs, limit: 9 });
      expect(again).toMatchObject({ id: 'a', attempts: 0, replayedAt: now + 2, payload: aDelivery('a').payload });
      expect(again.claims).toBe(2);
    });

    it('lists page by page without losing those of one moment', async () => {
      const store = makeStore();
      const ids = ['a', 'b', 'c', 'd', 'e'];
      await store.enqueue(
        ids.map((id) => aDelivery(id, { createdAt: id === 'a' ? now - 1 : now })),
        now,
      );
      const seen: string[] = [];
      for (let after: { at: number; id: string } | null = null; ;) {
        const page = await store.list(lane, { state: 'pending', after, limit: 2 });
        seen.push(...page.map(({ id }) => id));
        const last = page.at(-1);
        if (last === undefined) break;
        after = { at: last.createdAt, id: last.id };
      }
      expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
      expect(await store.list(lane, { state: 'dead', after: null, limit: 9 })).toEqual([]);
    });

    it('gives each to one of many claimers', async () => {
      const store = makeStore();
      const ids = Array.from({ length: 40 }, (_, i) => `id-${i}`);
      await store.enqueue(ids.map((id) => aDelivery(id)), now); // prettier-ignore
      const claims = await Promise.all(Array.from({ length: 12 }, () => claimIds(store, now, 10)));
      while ((await claimIds(store, now, 10)).length > 0) claims.push([]);
      expect(claims.flat().length).toBe(new Set(claims.flat()).size);
    });
  });
}

const noEnd = { reason: null, settledAt: null, replayedAt: null };

describe('the terms of deliveries', () => {
  it('keep what was sent for longer than anything is owed, so that a replay of the topic finds it', () => {
    expect(keepDeliveryMs).toBeGreaterThan(latestCallMs);
  });
});

describeStore('memory', createMemoryDeliveryStore);

describe('in Redis', () => {
  const prefix = testPrefix();
  let opened: OpenedRedis;
  let made = 0;
  beforeAll(async () => {
    opened = await openRedis(prefix);
  });
  afterAll(async () => {
    await opened.remove();
    await opened.redis.close();
  });

  describeStore('Redis', () => createRedisDeliveryStore({ redis: opened.redis, keyPrefix: `${prefix}${made++}:` }));

  it('forgets a delivery after its time, the payload of one that was sent at once', async () => {
    const keyPrefix = `${prefix}ttl:`;
    const store = createRedisDeliveryStore({ redis: opened.redis, keyPrefix });
    await store.enqueue([aDelivery('a')], now);
    const key = `${keyPrefix}delivery:{demo:webhook:erp}:id:a`;
    const left = await opened.redis.client.pttl(key);
    expect(left).toBeGreaterThan(keepDeliveryMs - 600_000);
    expect(left).toBeLessThanOrEqual(keepDeliveryMs);
    const [claimed] = await store.claim(lane, { now, leaseMs, limit: 1 });
    await store.settle(claimed, { as: 'sent', at: now });
    expect(await opened.redis.client.hexists(key, 'payload')).toBe(0);
    // One that Redis has forgotten is taken out of the queue.
    await store.enqueue([aDelivery('b')], now);
    await opened.redis.client.unlink(`${keyPrefix}delivery:{demo:webhook:erp}:id:b`);
    expect(await store.claim(lane, { now, leaseMs, limit: 1 })).toEqual([]);
    expect(await store.backlog(lane)).toEqual({ pending: 0, dead: 0, oldestAt: null });
  });
});
