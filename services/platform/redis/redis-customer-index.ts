import type { CustomerIndex } from '../../core/ports/customer-index.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';
import { createCustomerIndexKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { runPipeline } from './run-pipeline.ts';

/**
 * One sorted set per partition and tenant. Its members are the surrogates as 16 bytes, all with the score 0, so that
 * Redis keeps them in the order of their bytes and a page is a range of them.
 */
export function createRedisCustomerIndex(options: {
  readonly redis: RedisConnection;
  /** TIDEWATCH_KEY_PREFIX. */
  readonly keyPrefix: string;
}): CustomerIndex {
  const { client } = options.redis;
  const keyOf = createCustomerIndexKeys(options.keyPrefix);
  return {
    async add(partition, customers) {
      await runPipeline(client, 'ZADD', byTenant(customers), (pipeline, [tenant, surrogates]) => {
        pipeline.zadd(keyOf(tenant, partition), ...surrogates.flatMap((surrogate) => [0, bytesOf(surrogate)]));
      });
    },
    async page(partition, tenant, after, limit) {
      const from = after === null ? '-' : Buffer.concat([Buffer.from('('), bytesOf(after)]);
      const [reply] = await runPipeline(client, 'ZRANGEBYLEX', [from], (pipeline, min) => {
        pipeline.zrangebylexBuffer(keyOf(tenant, partition), min, '+', 'LIMIT', 0, limit);
      });
      return (reply as Buffer[]).map((member) => member.toString('hex'));
    },
  };
}

function byTenant(customers: readonly CustomerKey[]): [tenant: string, surrogates: string[]][] {
  const groups = new Map<string, string[]>();
  for (const { tenant, surrogate } of customers) {
    const group = groups.get(tenant);
    if (group === undefined) groups.set(tenant, [surrogate]);
    else group.push(surrogate);
  }
  return [...groups];
}

function bytesOf(surrogate: string): Buffer {
  return Buffer.from(surrogate, 'hex');
}
