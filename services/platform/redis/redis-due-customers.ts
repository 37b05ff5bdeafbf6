import { EngineError } from '../../core/errors.ts';
import type { DueCustomer, DueCustomers } from '../../core/ports/due-customers.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';
import { createDueCustomersKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { runPipeline } from './run-pipeline.ts';

export interface RedisDueCustomersOptions {
  readonly redis: RedisConnection;
  /** TIDEWATCH_KEY_PREFIX. */
  readonly keyPrefix: string;
  /** What the customers are looked at for. */
  readonly namespace: string;
}

/** One sorted set per partition: the member is the surrogate and the tenant, the score the time. */
export function createRedisDueCustomers({ redis, keyPrefix, namespace }: RedisDueCustomersOptions): DueCustomers {
  const { client } = redis;
  const keyOf = createDueCustomersKeys(keyPrefix, namespace);
  return {
    async bringForward(partition, entries) {
      await runPipeline(client, 'ZADD', entries, (pipeline, entry) => {
        pipeline.zadd(keyOf(partition), 'LT', entry.at, memberOf(entry));
      });
    },
    async move(partition, entries) {
      await runPipeline(client, 'ZADD', entries, (pipeline, entry) => {
        pipeline.zadd(keyOf(partition), entry.at, memberOf(entry));
      });
    },
    async due(partition, now, limit) {
      const [reply] = await runPipeline(client, 'ZRANGEBYSCORE', [now], (pipeline, until) => {
        pipeline.zrangebyscore(keyOf(partition), '-inf', until, 'LIMIT', 0, limit);
      });
      return (reply as string[]).map(keyFrom);
    },
  };
}

function memberOf({ key }: DueCustomer): string {
  return `${key.surrogate}:${key.tenant}`;
}

function keyFrom(member: string): CustomerKey {
  const colon = member.indexOf(':');
  if (colon > 0) return { surrogate: member.slice(0, colon), tenant: member.slice(colon + 1) };
  throw new EngineError('ERR_STATE_CORRUPT', 'An entry of the due customers names no customer.', { retryable: false });
}
