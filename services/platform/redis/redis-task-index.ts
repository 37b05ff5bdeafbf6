import type { Redis } from 'ioredis';
import { EngineError } from '../../core/errors.ts';
import type { TaskIndex, TaskIndexEntry, TaskPlace } from '../../core/ports/task-index.ts';
import type { TaskStatus } from '../../core/tasks/retention-task.ts';
import { taskStatuses } from '../../core/tasks/task-status.ts';
import { createTaskIndexKeys, type TaskIndexKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { loadScript } from './redis-script.ts';
import { createRankReads } from './redis-rank-reads.ts';
import { priorityList, ranksOf } from './task-ranks.ts';
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
  const ranks = createRankReads(client, keysOf);
  const scripts = { put: loadScript('put-task'), remove: loadScript('remove-task') };

  return {
    async put(entries) {
      const calls = entries.map((entry) => putCall(keysOf(entry.tenant, entry.arm), entry));
      await runScript(client, scripts.put, calls);
    },
    async remove(tenant, taskIds) {
      const keys = allKeysOf(keysOf, tenant);
      const calls = taskIds.map((taskId) => ({ keys, args: [taskId] }));
      await runScript(client, scripts.remove, calls);
    },
    async list({ tenant, arm, status, order, after, limit }) {
      if (order === 'priority') return ranks.bestOf(tenant, priorityList(arm, status), { after, limit });
      const keys = keysOf(tenant, arm);
      const key = status === null ? keys.all : keys.status(status);
      const newest = after === null ? '+' : `(${after}`;
      const [members] = await runPipeline(client, 'ZREVRANGEBYLEX', [key], (pipeline, each) =>
        pipeline.zrevrangebylex(each, newest, '-', 'LIMIT', 0, limit),
      );
      return (members as string[]).map(toPlace);
    },
    waiting: ranks.waiting,
    overdue: ranks.overdue,
    countQueue: ranks.countQueue,
    async find(tenant, taskId) {
      const [held] = await runPipeline(client, 'HGET', [keysOf(tenant).places], (pipeline, key) =>
        pipeline.hget(key, taskId),
      );
      return held === null ? null : toPlace((held as string).slice((held as string).indexOf('|') + 1));
    },
    count: (tenants) => countByStatus(client, keysOf, tenants),
  };
}

type KeysOf = ReturnType<typeof createTaskIndexKeys>;

/** Every key that a task may stand in. */
function allKeysOf(keysOf: KeysOf, tenant: string): string[] {
  const keys = keysOf(tenant);
  const lists = [keys, keysOf(tenant, 'holdout')].flatMap(({ all, status }) => [all, ...taskStatuses.map(status)]);
  return [keys.places, keys.ranks, keys.ranked, ...lists];
}

async function countByStatus(
  client: Redis,
  keysOf: KeysOf,
  tenants: readonly string[],
): Promise<Record<TaskStatus, number>> {
  const wanted = [...new Set(tenants)].flatMap((tenant) => taskStatuses.map((status) => ({ tenant, status })));
  const sizes = await runPipeline(client, 'ZCARD', wanted, (pipeline, { tenant, status }) =>
    pipeline.zcard(keysOf(tenant).status(status)),
  );
  const counts = Object.fromEntries(taskStatuses.map((status) => [status, 0])) as Record<TaskStatus, number>;
  wanted.forEach(({ status }, i) => (counts[status] += sizes[i] as number));
  return counts;
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
