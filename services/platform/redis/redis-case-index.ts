import { caseStatuses } from '../../core/cases/case-status.ts';
import { readCaseOrderKey } from '../../core/cases/case-order.ts';
import { EngineError } from '../../core/errors.ts';
import type { CaseIndex, CasePlace } from '../../core/ports/case-index.ts';
import { createCaseIndexKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { loadScript } from './redis-script.ts';
import { runPipeline, runScript } from './run-pipeline.ts';

export interface RedisCaseIndexOptions {
  readonly redis: RedisConnection;
  /** TIDEWATCH_KEY_PREFIX. */
  readonly keyPrefix: string;
}

/**
 * The case index in Redis: per tenant one sorted set per status and one of all cases, whose members are order keys, and a
 * hash that leads from a case to its member.
 */
export function createRedisCaseIndex({ redis, keyPrefix }: RedisCaseIndexOptions): CaseIndex {
  const { client } = redis;
  const keysOf = createCaseIndexKeys(keyPrefix);
  const scripts = { put: loadScript('put-case'), remove: loadScript('remove-case') };

  return {
    async put(entries) {
      const calls = entries.map(({ tenant, caseId, surrogate, status, version, orderKey }) => {
        const keys = keysOf(tenant);
        const others = caseStatuses.filter((other) => other !== status).map(keys.status);
        return {
          keys: [keys.places, keys.all, keys.status(status), ...others],
          args: [`${surrogate}:${caseId}`, version, orderKey],
        };
      });
      await runScript(client, scripts.put, calls);
    },
    async remove({ tenant, surrogate }, caseIds) {
      const keys = keysOf(tenant);
      const allKeys = [keys.places, keys.all, ...caseStatuses.map(keys.status)];
      const calls = caseIds.map((caseId) => ({ keys: allKeys, args: [`${surrogate}:${caseId}`] }));
      await runScript(client, scripts.remove, calls);
    },
    async list({ tenant, status, after, limit }) {
      const key = status === null ? keysOf(tenant).all : keysOf(tenant).status(status);
      const first = after === null ? '-' : `(${after}`;
      const [members] = await runPipeline(client, 'ZRANGEBYLEX', [key], (pipeline, each) =>
        pipeline.zrangebylex(each, first, '+', 'LIMIT', 0, limit),
      );
      return (members as string[]).map(toPlace);
    },
  };
}

function toPlace(orderKey: string): CasePlace {
  const read = readCaseOrderKey(orderKey);
  if (read !== null) return { ...read, orderKey };
  const message = 'the case index holds a member of another form; another program writes under this key prefix';
  throw new EngineError('ERR_STATE_CORRUPT', message, { retryable: false });
}
