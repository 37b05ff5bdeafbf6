import type { OnceStore } from '../../core/ports/once-store.ts';
import { createOnceKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { runPipeline } from './run-pipeline.ts';

export interface RedisOnceStoreOptions {
  readonly redis: RedisConnection;
  /** TIDEWATCH_KEY_PREFIX. */
  readonly keyPrefix: string;
  /** What the names are names of, such as `assertion`. */
  readonly namespace: string;
}

/** One key per name, which may be anything: only its hash is kept. */
export function createRedisOnceStore({ redis, keyPrefix, namespace }: RedisOnceStoreOptions): OnceStore {
  const keyOf = createOnceKeys(keyPrefix, namespace);
  return {
    async take(name, rememberMs) {
      const [reply] = await runPipeline(redis.client, 'SET', [keyOf(name)], (pipeline, key) =>
        pipeline.set(key, '1', 'PX', Math.ceil(rememberMs), 'NX'),
      );
      return reply === 'OK';
    },
  };
}
