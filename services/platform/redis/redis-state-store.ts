import { EngineError } from '../../core/errors.ts';
import type { StateStore, StoredState } from '../../core/ports/state-store.ts';
import { createStateKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { loadScript } from './redis-script.ts';
import { runPipeline, runScript } from './run-pipeline.ts';

export interface RedisStateStoreOptions {
  readonly redis: RedisConnection;
  /** TIDEWATCH_KEY_PREFIX. */
  readonly keyPrefix: string;
  /** What the states are of; stores of different namespaces do not see each other. */
  readonly namespace: string;
}

/** States in Redis, one hash per customer: `v` the version, `s` the packed state. */
export function createRedisStateStore(options: RedisStateStoreOptions): StateStore {
  const { client, connectionEpoch } = options.redis;
  const keyOf = createStateKeys(options.keyPrefix, options.namespace);
  const compareAndSet = loadScript('compare-and-set');
  return {
    connectionEpoch,
    async load(keys) {
      const replies = await runPipeline(client, 'HMGET', keys, (pipeline, key) =>
        pipeline.hmgetBuffer(keyOf(key), 'v', 's'),
      );
      return replies.map((reply) => toStoredState(reply as [Buffer | null, Buffer | null]));
    },
    async compareAndSet(updates) {
      const calls = updates.map(({ key, expectedVersion, version, bytes }) => ({
        keys: [keyOf(key)],
        args: [expectedVersion, version, bytes],
      }));
      const replies = await runScript(client, compareAndSet, calls);
      return replies.map((reply) => reply === 1);
    },
  };
}

function toStoredState([version, bytes]: readonly [Buffer | null, Buffer | null]): StoredState | null {
  if (version === null && bytes === null) return null;
  const number = Number(version?.toString('latin1'));
  if (bytes !== null && Number.isSafeInteger(number)) return { version: number, bytes };
  const message = 'a stored state has no version or no bytes; delete its key and the customer is rebuilt from the log';
  throw new EngineError('ERR_STATE_CORRUPT', message, { retryable: false });
}
