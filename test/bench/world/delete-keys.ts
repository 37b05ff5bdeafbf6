import type { RedisConnection } from '../../../services/platform/redis/redis-client.ts';
import { eventually } from '../../support/eventually.ts';

/** Deletes every key that begins with the prefix, which must be the caller's own. */
export async function deleteKeys(redis: RedisConnection, prefix: string): Promise<void> {
  if (prefix === '') throw new RangeError('only keys with a prefix are deleted');
  await eventually(() => redis.check());
  for await (const keys of redis.client.scanStream({ match: `${prefix}*`, count: 1000 })) {
    if ((keys as string[]).length > 0) await redis.client.unlink(keys as string[]);
  }
}
