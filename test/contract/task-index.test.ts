import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskIndex, TaskIndexEntry } from '../../services/core/ports/task-index.ts';
import type { TaskStatus } from '../../services/core/tasks/retention-task.ts';
import { taskOrderKey } from '../../services/core/tasks/task-order.ts';
import { createMemoryTaskIndex } from '../../services/platform/memory/memory-task-index.ts';
import { createRedis, type RedisConnection } from '../../services/platform/redis/redis-client.ts';
import { createRedisTaskIndex } from '../../services/platform/redis/redis-task-index.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { eventually } from '../support/eventually.ts';
import { stackAddresses } from '../support/stack-addresses.ts';
import { testPrefix } from '../support/test-prefix.ts';

function anEntry(number: number, overrides: Partial<TaskIndexEntry & { createdAt: number }> = {}): TaskIndexEntry {
  const taskId = number.toString(16).padStart(32, '0');
  const orderKey = taskOrderKey({ createdAt: overrides.createdAt ?? 1_000 + number, taskId });
  const surrogate = number.toString(16).padStart(32, 'f');
  return { tenant: 'demo', taskId, surrogate, orderKey, status: 'open', version: 1, ...overrides };
}

function describeTaskIndex(name: string, makeIndex: () => TaskIndex): void {
  describe(`a task index (${name})`, () => {
    const listIds = async (index: TaskIndex, status: TaskStatus | null = null, tenant = 'demo') => {
      const places = await index.list({ tenant, status, after: null, limit: 100 });
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
      const first = await index.list({ tenant: 'demo', status: 'open', after: null, limit: 2 });
      await index.put([anEntry(6)]);
      const after = first[1].orderKey;
      const second = await index.list({ tenant: 'demo', status: 'open', after, limit: 2 });
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
