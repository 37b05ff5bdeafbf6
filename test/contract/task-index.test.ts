import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskIndex, TaskIndexEntry, TaskPlace } from '../../services/core/ports/task-index.ts';
import type { TaskStatus } from '../../services/core/tasks/retention-task.ts';
import { taskOrderKey } from '../../services/core/tasks/task-order.ts';
import { taskRankKey } from '../../services/core/tasks/task-rank-key.ts';
import { createMemoryTaskIndex } from '../../services/platform/memory/memory-task-index.ts';
import { createRedis, type RedisConnection } from '../../services/platform/redis/redis-client.ts';
import { createRedisTaskIndex } from '../../services/platform/redis/redis-task-index.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { eventually } from '../support/eventually.ts';
import { stackAddresses } from '../support/stack-addresses.ts';
import { testPrefix } from '../support/test-prefix.ts';

type Overrides = Partial<TaskIndexEntry & { createdAt: number; priority: number }>;

function anEntry(
  number: number,
  { createdAt = 1_000 + number, priority = number, ...rest }: Overrides = {},
): TaskIndexEntry {
  const taskId = number.toString(16).padStart(32, '0');
  const orderKey = taskOrderKey({ createdAt, taskId });
  const rankKey = taskRankKey({ createdAt, taskId, priority });
  const surrogate = number.toString(16).padStart(32, 'f');
  const where = { tenant: 'demo', taskId, surrogate, orderKey, rankKey } as const;
  return { ...where, status: 'open', version: 1, arm: 'treated', queue: null, respondBy: null, ...rest };
}

const newest = { arm: 'treated', order: 'newest' } as const;
const best = { arm: 'treated', order: 'priority' } as const;
const numberOf = ({ taskId }: TaskPlace) => Number.parseInt(taskId, 16);

function describeTaskIndex(name: string, makeIndex: () => TaskIndex): void {
  describe(`a task index (${name})`, () => {
    const listIds = async (index: TaskIndex, status: TaskStatus | null = null, tenant = 'demo') => {
      const places = await index.list({ ...newest, tenant, status, after: null, limit: 100 });
      return places.map((place) => Number.parseInt(place.taskId, 16));
    };

    it('names nothing before the first task, and counts every status as 0', async () => {
      const index = makeIndex();
      expect(await listIds(index)).toEqual([]);
      expect(await index.find('demo', anEntry(1).taskId)).toBeNull();
      const nothing = { open: 0, claimed: 0, responded: 0, resolved: 0, expired: 0, retracted: 0 };
      expect(await index.count(['demo', 'other'])).toEqual(nothing);
    });

    it('lists newest first, and tasks of one moment by id', async () => {
      const index = makeIndex();
      await index.put([
        anEntry(5, { createdAt: 2_000 }),
        anEntry(9, { createdAt: 1_999 }),
        anEntry(7, { createdAt: 2_000 }),
        anEntry(1, { createdAt: 10_000 }),
      ]);
      expect(await listIds(index)).toEqual([1, 7, 5, 9]);
    });

    it('goes on after any place, and skips nothing when newer tasks come in between', async () => {
      const index = makeIndex();
      await index.put([1, 2, 3, 4, 5].map((number) => anEntry(number)));
      const first = await index.list({ ...newest, tenant: 'demo', status: 'open', after: null, limit: 2 });
      await index.put([anEntry(6)]);
      const after = first[1].orderKey;
      const second = await index.list({ ...newest, tenant: 'demo', status: 'open', after, limit: 2 });
      expect([...first, ...second].map((place) => Number(place.taskId))).toEqual([5, 4, 3, 2]);
      expect(first[0]).toEqual({
        taskId: anEntry(5).taskId,
        surrogate: anEntry(5).surrogate,
        orderKey: anEntry(5).orderKey,
      });
    });

    it('moves a task to its new status and finds it by id', async () => {
      const index = makeIndex();
      await index.put([anEntry(1), anEntry(2)]);
      await index.put([anEntry(1, { status: 'retracted', version: 2 })]);
      expect(await listIds(index, 'open')).toEqual([2]);
      expect(await listIds(index, 'retracted')).toEqual([1]);
      expect(await listIds(index)).toEqual([2, 1]);
      expect(await index.count(['demo'])).toMatchObject({ open: 1, retracted: 1 });
      expect(await index.find('demo', anEntry(1).taskId)).toMatchObject({ surrogate: anEntry(1).surrogate });
    });

    it('does not let an older version move a task back, and takes repeats as one', async () => {
      const index = makeIndex();
      const entries = [anEntry(1, { version: 9 }), anEntry(1, { status: 'retracted', version: 10 })];
      for (const entry of [...entries, entries[0], ...entries]) await index.put([entry]);
      expect(await listIds(index, 'open')).toEqual([]);
      expect(await listIds(index, 'retracted')).toEqual([1]);
      expect(await index.count(['demo', 'demo'])).toMatchObject({ open: 0, retracted: 1 });
    });

    it('forgets removed tasks and ignores unknown ones', async () => {
      const index = makeIndex();
      await index.put([anEntry(1), anEntry(2, { status: 'claimed' })]);
      await index.remove('demo', [anEntry(2).taskId, anEntry(3).taskId]);
      expect(await listIds(index)).toEqual([1]);
      expect(await listIds(index, 'claimed')).toEqual([]);
      expect(await index.find('demo', anEntry(2).taskId)).toBeNull();
    });

    it('lists by priority, of whatever sign and size, and goes on after any place', async () => {
      const index = makeIndex();
      const priorities = [0, -3.5, 1e9, 0.25, -0, 120.5, -1e-9, 120.5];
      await index.put(priorities.map((priority, i) => anEntry(i + 1, { priority, createdAt: 1_000 })));
      const found: number[] = [];
      for (let after: string | null = null; ;) {
        const page: readonly TaskPlace[] = await index.list({
          ...best,
          tenant: 'demo',
          status: 'open',
          after,
          limit: 3,
        });
        found.push(...page.map(numberOf));
        if (page.length < 3) break;
        after = page[2].orderKey;
      }
      expect(found).toEqual([3, 8, 6, 4, 5, 1, 7, 2]);
      await index.put([
        anEntry(2, { priority: 500, version: 2 }),
        anEntry(3, { status: 'claimed', version: 2, priority: 1e9 }),
      ]);
      const open = await index.list({ ...best, tenant: 'demo', status: 'open', after: null, limit: 3 });
      expect(open.map(numberOf)).toEqual([2, 8, 6]);
      const all = await index.list({ ...best, tenant: 'demo', status: null, after: null, limit: 100 });
      expect(all.map(numberOf)).toEqual([3, 2, 8, 6, 4, 5, 1, 7]);
    });

    it('keeps the holdout apart, and does not count it', async () => {
      const index = makeIndex();
      await index.put([anEntry(1), anEntry(2, { arm: 'holdout' })]);
      for (const order of ['newest', 'priority'] as const) {
        const ghosts = await index.list({
          tenant: 'demo',
          arm: 'holdout',
          status: 'open',
          order,
          after: null,
          limit: 9,
        });
        expect(ghosts.map(numberOf)).toEqual([2]);
      }
      expect(await listIds(index)).toEqual([1]);
      expect(await index.find('demo', anEntry(2).taskId)).not.toBeNull();
      expect(await index.count(['demo'])).toMatchObject({ open: 1 });
      await index.remove('demo', [anEntry(2).taskId]);
      const left = await index.list({ ...newest, arm: 'holdout', tenant: 'demo', status: null, after: null, limit: 9 });
      expect(left).toEqual([]);
    });

    it('names what waits in a queue, the best first, and what is overdue there, the longest first', async () => {
      const index = makeIndex();
      const waits = (number: number, queue: string | null, respondBy: number | null, version = 1) =>
        anEntry(number, { queue, respondBy, version });
      await index.put([waits(1, 'care', 500), waits(2, 'care', 100), waits(3, 'a|b c', 50), waits(4, 'care', null)]);
      const waiting = async (queue: string) =>
        (await index.waiting({ tenant: 'demo', queue, after: null, limit: 9 })).map(numberOf);
      const overdue = async (now: number) =>
        (await index.overdue({ tenant: 'demo', queue: 'care', now, limit: 9 })).map(numberOf);
      expect(await waiting('care')).toEqual([4, 2, 1]);
      expect(await waiting('a|b c')).toEqual([3]);
      expect(await waiting('a')).toEqual([]);
      expect([await overdue(100), await overdue(101), await overdue(9_999)]).toEqual([[], [2], [2, 1]]);
      expect(await index.countQueue('demo', 'care', 101)).toEqual({ waiting: 3, overdue: 1 });
      await index.put([waits(2, null, 100, 2), waits(1, 'a|b c', 500, 2)]);
      expect(await index.countQueue('demo', 'care', 9_999)).toEqual({ waiting: 1, overdue: 0 });
      expect(await waiting('a|b c')).toEqual([3, 1]);
      await index.remove('demo', [anEntry(3).taskId]);
      expect(await index.countQueue('demo', 'a|b c', 9_999)).toEqual({ waiting: 1, overdue: 1 });
    });

    it('keeps tenants apart and counts over those asked for', async () => {
      const index = makeIndex();
      await index.put([anEntry(1), anEntry(2, { tenant: 'other' }), anEntry(3, { tenant: 'third' })]);
      expect(await listIds(index, null, 'other')).toEqual([2]);
      expect(await index.find('demo', anEntry(2).taskId)).toBeNull();
      expect(await index.count(['demo', 'other'])).toMatchObject({ open: 2 });
    });
  });
}

describeTaskIndex('memory', createMemoryTaskIndex);

describe('with Redis', () => {
  let redis: RedisConnection;
  const prefixes: string[] = [];

  beforeAll(async () => {
    redis = createRedis({ url: stackAddresses.redis, logger: createLogger({ name: 'test', level: 'silent' }) });
    await eventually(() => redis.check());
  });

  afterAll(async () => {
    for (const prefix of prefixes) {
      const keys = await redis.client.keys(`${prefix}*`);
      if (keys.length > 0) await redis.client.del(...keys);
    }
    await redis.close();
  });

  describeTaskIndex('Redis', () => {
    const keyPrefix = testPrefix(':');
    prefixes.push(keyPrefix);
    return createRedisTaskIndex({ redis, keyPrefix });
  });
});
