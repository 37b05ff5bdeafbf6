import type { DueIndex } from '../../core/ports/due-index.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';
import { createDueIndexKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { loadScript } from './redis-script.ts';
import { runPipeline, runScript } from './run-pipeline.ts';

export interface RedisDueIndexOptions {
  readonly redis: RedisConnection;
  /** TIDEWATCH_KEY_PREFIX. */
  readonly keyPrefix: string;
}

/** Customers moved by one call of a script, so that other users of Redis never wait long. */
const perCall = 250;

/** The due index in Redis: one sorted set per shard, with the time as the score. */
export function createRedisDueIndex({ redis, keyPrefix }: RedisDueIndexOptions): DueIndex {
  const { client } = redis;
  const keyOf = createDueIndexKeys(keyPrefix);
  const scripts = { mark: loadScript('mark-due'), settle: loadScript('settle-due') };

  return {
    async mark(shard, marks) {
      const calls = slices(marks).map((part) => ({
        keys: [keyOf(shard)],
        args: part.flatMap(({ key, dueAt }) => [dueAt, memberOf(key)]),
      }));
      await runScript(client, scripts.mark, calls);
    },
    async due(shard, until, limit) {
      const [reply] = await runPipeline(client, 'ZRANGEBYSCORE', [keyOf(shard)], (pipeline, key) =>
        pipeline.zrangebyscore(key, '-inf', until, 'WITHSCORES', 'LIMIT', 0, limit),
      );
      const flat = reply as string[];
      return Array.from({ length: flat.length / 2 }, (_, i) => ({
        key: keyFrom(flat[2 * i]),
        dueAt: Number(flat[2 * i + 1]),
      }));
    },
    async settle(shard, settlements) {
      const calls = slices(settlements).map((part) => ({
        keys: [keyOf(shard)],
        args: part.flatMap(({ key, dueAt, next }) => [dueAt, next ?? '-', memberOf(key)]),
      }));
      await runScript(client, scripts.settle, calls);
    },
    async size(shard) {
      const [count] = await runPipeline(client, 'ZCARD', [keyOf(shard)], (pipeline, key) => pipeline.zcard(key));
      return count as number;
    },
  };
}

function slices<T>(items: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < items.length; start += perCall) parts.push(items.slice(start, start + perCall));
  return parts;
}

/** Surrogates hold no colon, whatever the tenant is called. */
function memberOf({ tenant, surrogate }: CustomerKey): string {
  return `${tenant}:${surrogate}`;
}

function keyFrom(member: string): CustomerKey {
  const colon = member.lastIndexOf(':');
  return { tenant: member.slice(0, colon), surrogate: member.slice(colon + 1) };
}
