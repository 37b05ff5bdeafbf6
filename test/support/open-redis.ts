import { createRedis } from '../../services/platform/redis/redis-client.ts';
import type { RedisConnection } from '../../services/platform/redis/redis-client.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { eventually } from './eventually.ts';
import { stackAddresses } from './stack-addresses.ts';

export interface OpenedRedis {
  readonly redis: RedisConnection;
  /** Deletes every key that begins with the prefix. */
  remove(): Promise<void>;
}

/** A connection to the Redis of this run; `keyPrefix` is the caller's own, so that nothing else is deleted. */
export async function openRedis(keyPrefix: string): Promise<OpenedRedis> {
  const redis = createRedis({ url: stackAddresses.redis, logger: createLogger({ name: 'test', level: 'silent' }) });
  await eventually(() => redis.check());
  return {
    redis,
    async remove() {
      for await (const keys of redis.client.scanStream({ match: `${keyPrefix}*`, count: 1000 })) {
        if ((keys as string[]).length > 0) await redis.client.unlink(keys as string[]);
      }
    },
  };
}
