import type { ChainableCommander, Redis } from 'ioredis';
import type { KpiMark, KpiStore } from '../../core/ports/kpi-store.ts';
import { createKpiKeys, kpiLayoutKey, kpiLedgerField, type KpiKeys } from './keys.ts';
import { isSameKpiMark, kpiMarkArgs, readLayout, readMark, type LayoutFields, type MarkFields } from './kpi-marks.ts';
import { toKpiUpdateCall } from './kpi-update-call.ts';
import type { RedisConnection } from './redis-client.ts';
import { createKpiReads } from './redis-kpi-reads.ts';
import { loadScript } from './redis-script.ts';
import { runPipeline, runScript } from './run-pipeline.ts';

export interface RedisKpiStoreOptions {
  readonly redis: RedisConnection;
  /** TIDEWATCH_KEY_PREFIX. */
  readonly keyPrefix: string;
}

/**
 * What facts add up to, in Redis. Everything of one partition of the facts topic carries the partition as its hash tag, so
 * that one call of a script changes mark, ledgers and cells together. Cells that are back at 0 are removed.
 */
export function createRedisKpiStore({ redis, keyPrefix }: RedisKpiStoreOptions): KpiStore {
  const { client, connectionEpoch } = redis;
  const keysOf = createKpiKeys(keyPrefix);
  const layoutKey = kpiLayoutKey(keyPrefix);
  const count = loadScript('count-facts');
  const mark = async (partition: number) =>
    readMark((await readFields(client, keysOf(partition).mark, ['l', 'n'])) as MarkFields);
  const layout = async () => readLayout((await readFields(client, layoutKey, ['l', 'n', 'r'])) as LayoutFields);
  return {
    connectionEpoch,
    mark,
    layout,
    ...createKpiReads(client, { keysOf, partitions: async () => (await layout())?.partitions ?? 0 }),
    forget: createForget(client, { keysOf, mark }),
    async ledgers(partition, customers) {
      if (customers.length === 0) return [];
      const { ledgers } = keysOf(partition);
      const fields = customers.map(kpiLedgerField);
      return (await ask(client, 'HMGET', (commands) => commands.hmgetBuffer(ledgers, ...fields))) as (Buffer | null)[];
    },
    async apply(partition, update) {
      const [reply] = await runScript(client, count, [toKpiUpdateCall(keysOf(partition), update)]);
      return reply === 1;
    },
    async layOut({ logId, partitions, rules }) {
      const fields = { l: logId ?? '', n: partitions, r: rules ?? '' };
      await ask(client, 'HSET', (commands) => commands.hset(layoutKey, fields));
    },
  };
}

function createForget(
  client: Redis,
  { keysOf, mark }: { readonly keysOf: (partition: number) => KpiKeys; readonly mark: KpiStore['mark'] },
): KpiStore['forget'] {
  const script = loadScript('forget-facts');

  /** @param held the mark as it was before the names are read: whoever counts meanwhile changes it */
  async function forgetAt(keys: KpiKeys, held: KpiMark | null): Promise<boolean> {
    const names = (await ask(client, 'SMEMBERS', (commands) => commands.smembers(keys.names))) as string[];
    const all = [keys.mark, keys.ledgers, keys.names, keys.months, ...names.map((name) => keys.cells(name))];
    const [reply] = await runScript(client, script, [{ keys: all, args: kpiMarkArgs(held) }]);
    return reply === 1;
  }

  return async function forget(partition, expected) {
    for (;;) {
      const held = await mark(partition);
      if (expected !== undefined && !isSameKpiMark(held, expected)) return false;
      if (await forgetAt(keysOf(partition), held)) return true;
    }
  };
}

function readFields(client: Redis, key: string, fields: readonly string[]): Promise<unknown> {
  return ask(client, 'HMGET', (commands) => commands.hmget(key, ...fields));
}

/** Sends one command. */
async function ask(client: Redis, command: string, add: (commands: ChainableCommander) => void): Promise<unknown> {
  const [reply] = await runPipeline(client, command, [null], add);
  return reply;
}
