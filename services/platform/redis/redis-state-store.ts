import { EngineError } from '../../core/errors.ts';
import type { CustomerKey, StateStore, StateUpdate, StoredState } from '../../core/ports/state-store.ts';
import { createStateKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { loadScript } from './redis-script.ts';
import { runPipeline, runScript, type ScriptCall } from './run-pipeline.ts';

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
  let perCall = customersPerCall;

  async function writeInCalls(updates: readonly StateUpdate[]): Promise<unknown[]> {
    try {
      return await runScript(client, compareAndSet, toCalls(updates, perCall, keyOf));
    } catch (error) {
      if (perCall === 1 || !isOtherSlot(error)) throw error;
      perCall = 1;
      return runScript(client, compareAndSet, toCalls(updates, perCall, keyOf));
    }
  }

  return {
    connectionEpoch,
    async load(keys) {
      const replies = await runPipeline(client, 'HMGET', keys, (pipeline, key) =>
        pipeline.hmgetBuffer(keyOf(key), 'v', 's'),
      );
      return replies.map((reply) => toStoredState(reply as [Buffer | null, Buffer | null]));
    },
    async compareAndSet(updates) {
      const replies = await writeInCalls(updates);
      return replies.flatMap((reply) => (reply as number[]).map((written) => written === 1));
    },
  };
}

/**
 * Customers written by one call of the script. The call costs Redis and this process more than the writing itself, and
 * these few keep other users of Redis waiting for some 100 microseconds only.
 */
const customersPerCall = 64;

function toCalls(updates: readonly StateUpdate[], perCall: number, keyOf: (key: CustomerKey) => string): ScriptCall[] {
  const calls: ScriptCall[] = [];
  for (let start = 0; start < updates.length; start += perCall) {
    const part = updates.slice(start, start + perCall);
    const facts = part.map(({ expectedVersion, version, bytes }) => `${expectedVersion} ${version} ${bytes.length}`);
    const states = part.length === 1 ? part[0].bytes : Buffer.concat(part.map(({ bytes }) => bytes));
    calls.push({ keys: part.map(({ key }) => keyOf(key)), args: [facts.join(' '), states] });
  }
  return calls;
}

/** In a cluster one call may only name keys of one hash tag, here: one customer. It says so before it writes anything. */
function isOtherSlot(error: unknown): boolean {
  return error instanceof EngineError && error.cause instanceof Error && error.cause.message.startsWith('CROSSSLOT');
}

function toStoredState([version, bytes]: readonly [Buffer | null, Buffer | null]): StoredState | null {
  if (version === null && bytes === null) return null;
  const number = Number(version?.toString('latin1'));
  if (bytes !== null && Number.isSafeInteger(number)) return { version: number, bytes };
  const message = 'a stored state has no version or no bytes; delete its key and the customer is rebuilt from the log';
  throw new EngineError('ERR_STATE_CORRUPT', message, { retryable: false });
}
