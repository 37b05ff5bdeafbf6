import type { QualityStore } from '../../core/ports/quality-store.ts';
import { createQualityKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { loadScript } from './redis-script.ts';
import { runPipeline, runScript } from './run-pipeline.ts';

export interface RedisQualityStoreOptions {
  readonly redis: RedisConnection;
  /** TIDEWATCH_KEY_PREFIX. */
  readonly keyPrefix: string;
  /** How many days a day is kept. */
  readonly keptDays: number;
}

const daySeconds = 86_400;

/** One hash of counts per source and business day. */
export function createRedisQualityStore({ redis, keyPrefix, keptDays }: RedisQualityStoreOptions): QualityStore {
  const { client } = redis;
  const keysOf = createQualityKeys(keyPrefix);
  const script = loadScript('add-counts');
  return {
    async add({ tenant, source, day }, counts) {
      const keys = keysOf(tenant);
      const pairs = [...counts].flat();
      const call = { keys: [keys.day(source, day), keys.sources], args: [keptDays * daySeconds, source, ...pairs] };
      await runScript(client, script, [call]);
    },
    async read(tenant, source, days) {
      const keys = keysOf(tenant);
      const replies = await runPipeline(client, 'HGETALL', days, (pipeline, day) =>
        pipeline.hgetall(keys.day(source, day)),
      );
      const sums = new Map<string, number>();
      for (const reply of replies) {
        for (const [name, count] of Object.entries(reply as Record<string, string>)) {
          sums.set(name, (sums.get(name) ?? 0) + Number(count));
        }
      }
      return sums;
    },
    async sources(tenant) {
      const [names] = await runPipeline(client, 'SMEMBERS', [keysOf(tenant).sources], (pipeline, key) =>
        pipeline.smembers(key),
      );
      return (names as string[]).sort();
    },
  };
}
