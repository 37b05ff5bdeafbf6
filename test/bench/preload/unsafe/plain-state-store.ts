import { hash } from 'node:crypto';
import type { CustomerKey, StateStore } from '../../../../services/core/ports/state-store.ts';
import { createStateKeys } from '../../../../services/platform/redis/keys.ts';
import type * as Store from '../../../../services/platform/redis/redis-state-store.ts';
import type { RedisStateStoreOptions } from '../../../../services/platform/redis/redis-state-store.ts';
import type { RedisScript } from '../../../../services/platform/redis/redis-script.ts';
import { runScript } from '../../../../services/platform/redis/run-pipeline.ts';
import { partitionControlKey } from '../../../../services/scorer/partition-control.ts';

const address = new URL('../../../../services/platform/redis/redis-state-store.ts?original', import.meta.url).href;
const original = (await import(address)) as typeof Store;

/** As many customers per call as the product's own script writes: what differs must be the check, not the batching. */
const customersPerCall = 64;
const source = `for i = 1, #KEYS do redis.call('HSET', KEYS[i], 'v', ARGV[2 * i - 1], 's', ARGV[2 * i]) end`;
const plainSet: RedisScript = { name: 'plain-set', source, sha: hash('sha1', source, 'hex') };

/** Writes whatever it is given by a plain HSET, and keeps nothing of partitions: no watermark is moved. */
export function createRedisStateStore(options: RedisStateStoreOptions): StateStore {
  const store = original.createRedisStateStore(options);
  const keyOf = createStateKeys(options.keyPrefix, options.namespace);
  const partitionTenant = partitionControlKey(0).tenant;
  const isPartition = ({ tenant }: CustomerKey): boolean => tenant === partitionTenant;
  return {
    ...store,
    load: (keys) => (keys.every(isPartition) ? Promise.resolve(keys.map(() => null)) : store.load(keys)),
    async compareAndSet(updates) {
      const customers = updates.filter(({ key }) => !isPartition(key));
      const calls = [];
      for (let start = 0; start < customers.length; start += customersPerCall) {
        const part = customers.slice(start, start + customersPerCall);
        calls.push({
          keys: part.map(({ key }) => keyOf(key)),
          args: part.flatMap(({ version, bytes }) => [version, bytes]),
        });
      }
      await runScript(options.redis.client, plainSet, calls);
      return updates.map(() => true);
    },
  };
}
