import { EngineError } from '../../core/errors.ts';
import type { TaskIndex, TaskIndexEntry, TaskPlace } from '../../core/ports/task-index.ts';
import type { TaskStatus } from '../../core/tasks/retention-task.ts';
import { taskStatuses } from '../../core/tasks/task-status.ts';
import { createTaskIndexKeys, type TaskIndexKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { loadScript } from './redis-script.ts';
import { dueList, placeOfRank, priorityList, queueList, ranksOf, sortableTime } from './task-ranks.ts';
import { runPipeline, runScript, type ScriptCall } from './run-pipeline.ts';

export interface RedisTaskIndexOptions {
  readonly redis: RedisConnection;
  /** TIDEWATCH_KEY_PREFIX. */
  readonly keyPrefix: string;
}

/**
 * The task index in Redis: per tenant and arm one sorted set per status and one of all tasks, with members that sort like
 * the list (`orderKey:surrogate`), and a hash that leads from a task's id to its member; lists by priority and queues are
 * ranges of one more set (`task-ranks.ts`).
 */
export function createRedisTaskIndex({ redis, keyPrefix }: RedisTaskIndexOptions): TaskIndex {
  const { client } = redis;
  const keysOf = createTaskIndexKeys(keyPrefix);

  async function bestOf(tenant: string, list: string, { after, limit }: { after: string | null; limit: number }) {
    const best = `(${list}${after ?? '~'}`;
    const [members] = await runPipeline(client, 'ZREVRANGEBYLEX', [keysOf(tenant).ranks], (pipeline, key) =>
      pipeline.zrevrangebylex(key, best, `[${list}`, 'LIMIT', 0, limit),
    );
    return (members as string[]).map(placeOfRank);
  }

  const scripts = { put: loadScript('put-task'), remove: loadScript('remove-task') };

  return {
    async put(entries) {
      const calls = entries.map((entry) => putCall(keysOf(entry.tenant, entry.arm), entry));
      await runScript(client, scripts.put, calls);
    },
    async remove(tenant, taskIds) {
      const { places, ranks, ranked } = keysOf(tenant);
      const lists = (['treated', 'holdout'] as const).flatMap((arm) => {
        const { all, status } = keysOf(tenant, arm);
        return [all, ...taskStatuses.map(status)];
      });
      const allKeys = [places, ranks, ranked, ...lists];
      const calls = taskIds.map((taskId) => ({ keys: allKeys, args: [taskId] }));
      await runScript(client, scripts.remove, calls);
    },
    async list({ tenant, arm, status, order, after, limit }) {
      if (order === 'priority') return bestOf(tenant, priorityList(arm, status), { after, limit });
      const keys = keysOf(tenant, arm);
      const key = status === null ? keys.all : keys.status(status);
      const newest = after === null ? '+' : `(${after}`;
      const [members] = await runPipeline(client, 'ZREVRANGEBYLEX', [key], (pipeline, each) =>
        pipeline.zrevrangebylex(each, newest, '-', 'LIMIT', 0, limit),
      );
      return (members as string[]).map(toPlace);
    },
    waiting: ({ tenant, queue, after, limit }) => bestOf(tenant, queueList(queue), { after, limit }),
    async overdue({ tenant, queue, now, limit }) {
      const list = dueList(queue);
      const [members] = await runPipeline(client, 'ZRANGEBYLEX', [keysOf(tenant).ranks], (pipeline, key) =>
        pipeline.zrangebylex(key, `[${list}`, `(${list}${sortableTime(now)}`, 'LIMIT', 0, limit),
      );
      return (members as string[]).map(placeOfRank);
    },
    async countQueue(tenant, queue, now) {
      const [waits, due] = [queueList(queue), dueList(queue)];
      const ranges = [
        [`[${waits}`, `(${waits}~`],
        [`[${due}`, `(${due}${sortableTime(now)}`],
      ];
      const key = keysOf(tenant).ranks;
      const counts = await runPipeline(client, 'ZLEXCOUNT', ranges, (pipeline, [min, max]) =>
        pipeline.zlexcount(key, min, max),
      );
      const [waiting, overdue] = counts as number[];
      return { waiting, overdue };
    },
    async find(tenant, taskId) {
      const [held] = await runPipeline(client, 'HGET', [keysOf(tenant).places], (pipeline, key) =>
        pipeline.hget(key, taskId),
      );
      return held === null ? null : toPlace((held as string).slice((held as string).indexOf('|') + 1));
    },
    async count(tenants) {
      const wanted = [...new Set(tenants)].flatMap((tenant) => taskStatuses.map((status) => ({ tenant, status })));
      const sizes = await runPipeline(client, 'ZCARD', wanted, (pipeline, { tenant, status }) =>
        pipeline.zcard(keysOf(tenant).status(status)),
      );
      const counts = Object.fromEntries(taskStatuses.map((status) => [status, 0])) as Record<TaskStatus, number>;
      wanted.forEach(({ status }, i) => (counts[status] += sizes[i] as number));
      return counts;
    },
  };
}

function putCall(keys: TaskIndexKeys, entry: TaskIndexEntry): ScriptCall {
  const { taskId, status, version, orderKey, surrogate } = entry;
  const others = taskStatuses.filter((other) => other !== status).map(keys.status);
  return {
    keys: [keys.places, keys.ranks, keys.ranked, keys.all, keys.status(status), ...others],
    args: [taskId, version, `${orderKey}:${surrogate}`, ranksOf(entry).join(' ')],
  };
}

function toPlace(member: string): TaskPlace {
  const [, orderKey, taskId, surrogate] = /^(\d{16}:([0-9a-f]{32})):([0-9a-f]{32})$/.exec(member) ?? [];
  if (surrogate !== undefined) return { taskId, surrogate, orderKey };
  const message = 'the task index holds a member of another form; another program writes under this key prefix';
  throw new EngineError('ERR_STATE_CORRUPT', message, { retryable: false });
}
