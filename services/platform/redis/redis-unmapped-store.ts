import type { UnmappedName } from '../../core/plan/unmapped-name.ts';
import type { UnmappedStore } from '../../core/ports/unmapped-store.ts';
import { createUnmappedKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { loadScript } from './redis-script.ts';
import { runPipeline, runScript } from './run-pipeline.ts';

export interface RedisUnmappedStoreOptions {
  readonly redis: RedisConnection;
  /** TIDEWATCH_KEY_PREFIX. */
  readonly keyPrefix: string;
  /** Beyond it the name that was not seen for longest makes room. */
  readonly namesPerTenant: number;
  /** A tenant that sends no unknown name for so many days is forgotten. */
  readonly keptDays: number;
}

const daySeconds = 86_400;

/** One hash per tenant: source and name → count, first and last seen. */
export function createRedisUnmappedStore(options: RedisUnmappedStoreOptions): UnmappedStore {
  const { client } = options.redis;
  const keyOf = createUnmappedKeys(options.keyPrefix);
  const script = loadScript('add-unmapped');
  return {
    async add(tenant, names) {
      if (names.length === 0) return;
      const fields = names.flatMap(({ source, name, count, firstSeen, lastSeen }) => [
        `${source} ${name}`,
        ...[count, firstSeen, lastSeen],
      ]);
      const args = [options.keptDays * daySeconds, options.namesPerTenant, ...fields];
      await runScript(client, script, [{ keys: [keyOf(tenant)], args }]);
    },
    async read(tenant) {
      const [reply] = await runPipeline(client, 'HGETALL', [keyOf(tenant)], (pipeline, key) => pipeline.hgetall(key));
      return Object.entries(reply as Record<string, string>).map(toName);
    },
  };
}

function toName([field, value]: readonly [string, string]): UnmappedName {
  // Sources are words without spaces.
  const end = field.indexOf(' ');
  const [count, firstSeen, lastSeen] = value.split('|').map(Number);
  return { source: field.slice(0, end), name: field.slice(end + 1), count, firstSeen, lastSeen };
}
