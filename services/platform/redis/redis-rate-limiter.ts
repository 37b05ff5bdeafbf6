import type { RateLimiter } from '../../core/ports/rate-limiter.ts';
import { createRateLimitKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { loadScript } from './redis-script.ts';
import { runScript } from './run-pipeline.ts';

export interface RedisRateLimiterOptions {
  readonly redis: RedisConnection;
  /** TIDEWATCH_KEY_PREFIX. */
  readonly keyPrefix: string;
}

const second = 1_000_000;

/** Limits shared by every process on the same Redis, by the clock of Redis. */
export function createRedisRateLimiter({ redis, keyPrefix }: RedisRateLimiterOptions): RateLimiter {
  const keyOf = createRateLimitKeys(keyPrefix);
  const script = loadScript('take-units');
  return {
    async take({ key, unitsPerSecond, burst }, units) {
      const microseconds = second / unitsPerSecond;
      const call = { keys: [keyOf(key)], args: [units, microseconds, burst * microseconds] };
      const [wait] = await runScript(redis.client, script, [call]);
      return Number(wait) / 1000;
    },
  };
}
