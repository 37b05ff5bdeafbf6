import type { CustomerKey, StateStore } from '../../../../services/core/ports/state-store.ts';
import { createStateKeys } from '../../../../services/platform/redis/keys.ts';
import type * as Store from '../../../../services/platform/redis/redis-state-store.ts';
import type { RedisStateStoreOptions } from '../../../../services/platform/redis/redis-state-store.ts';
import { runPipeline } from '../../../../services/platform/redis/run-pipeline.ts';
import { partitionControlKey } from '../../../../services/scorer/partition-control.ts';

const address = new URL('../../../../services/platform/redis/redis-state-store.ts?original', import.meta.url).href;
const original = (await import(address)) as typeof Store;

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
      await runPipeline(options.redis.client, 'HSET', customers, (pipeline, { key, version, bytes }) =>
        pipeline.hset(keyOf(key), 'v', version, 's', bytes),
      );
      return updates.map(() => true);
    },
  };
}
