import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseOrderKey } from '../../services/core/cases/case-order.ts';
import type { CaseStatus } from '../../services/core/cases/service-case.ts';
import type { CaseIndex, CaseIndexEntry } from '../../services/core/ports/case-index.ts';
import { createMemoryCaseIndex } from '../../services/platform/memory/memory-case-index.ts';
import { createRedis, type RedisConnection } from '../../services/platform/redis/redis-client.ts';
import { createRedisCaseIndex } from '../../services/platform/redis/redis-case-index.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { eventually } from '../support/eventually.ts';
import { stackAddresses } from '../support/stack-addresses.ts';
import { testPrefix } from '../support/test-prefix.ts';

const surrogate = '0'.repeat(32);

function anEntry(caseId: string, priority: number, overrides: Partial<CaseIndexEntry> = {}): CaseIndexEntry {
  const orderKey = caseOrderKey(priority, { openedAt: 1000, caseId, surrogate: overrides.surrogate ?? surrogate });
  return { tenant: 'demo', caseId, surrogate, orderKey, status: 'opened', queue: 'service', version: 1, ...overrides };
}

function describeCaseIndex(name: string, makeIndex: () => CaseIndex): void {
  describe(`a case index (${name})`, () => {
    const ids = async (index: CaseIndex, status: CaseStatus | null = null, tenant = 'demo') =>
      (await index.list({ tenant, status, after: null, limit: 100 })).map(({ caseId }) => caseId);

    it('names nothing before the first case', async () => {
      expect(await ids(makeIndex())).toEqual([]);
    });

    it('lists what counts most first, whatever signs its ids have', async () => {
      const index = makeIndex();
      const strange = 'Fall: 1/2 | 投诉 {x}\n';
      await index.put([anEntry('low', 0.5), anEntry(strange, 20), anEntry('middle', 1.25), anEntry('more', 1.251)]);
      expect(await ids(index)).toEqual([strange, 'more', 'middle', 'low']);
    });

    it('goes on after any place, though more urgent ones come in between', async () => {
      const index = makeIndex();
      await index.put(['a', 'b', 'c', 'd'].map((id, i) => anEntry(id, 10 - i)));
      const first = await index.list({ tenant: 'demo', status: 'opened', after: null, limit: 2 });
      await index.put([anEntry('e', 100)]);
      const after = first[1]?.orderKey ?? '';
      const second = await index.list({ tenant: 'demo', status: 'opened', after, limit: 2 });
      expect([...first, ...second].map(({ caseId }) => caseId)).toEqual(['a', 'b', 'c', 'd']);
      expect(first[0]).toEqual({ caseId: 'a', surrogate, orderKey: anEntry('a', 10).orderKey });
    });

    it('moves a case with its status and with its priority, and never back', async () => {
      const index = makeIndex();
      await index.put([anEntry('a', 1), anEntry('b', 2)]);
      await index.put([anEntry('a', 3, { version: 2, status: 'resolved' })]);
      await index.put([anEntry('a', 1)]);
      expect(await ids(index)).toEqual(['a', 'b']);
      expect(await ids(index, 'opened')).toEqual(['b']);
      expect(await ids(index, 'resolved')).toEqual(['a']);
      await index.put([anEntry('a', 1, { version: 2, status: 'resolved' })]);
      expect(await ids(index)).toEqual(['b', 'a']);
    });

    it('keeps tenants apart, and cases of two customers with one id', async () => {
      const index = makeIndex();
      const other = 'f'.repeat(32);
      await index.put([anEntry('a', 1), anEntry('a', 2, { surrogate: other }), anEntry('a', 1, { tenant: 'else' })]);
      expect(await ids(index)).toEqual(['a', 'a']);
      expect(await ids(index, null, 'else')).toEqual(['a']);
      await index.remove({ tenant: 'demo', surrogate }, ['a', 'unknown']);
      const left = await index.list({ tenant: 'demo', status: null, after: null, limit: 10 });
      expect(left.map((place) => place.surrogate)).toEqual([other]);
    });
  });
}

describeCaseIndex('memory', createMemoryCaseIndex);

describe('with Redis', () => {
  let redis: RedisConnection;
  const prefixes: string[] = [];

  beforeAll(async () => {
    redis = createRedis({ url: stackAddresses.redis, logger: createLogger({ name: 'test', level: 'silent' }) });
    await eventually(() => redis.check());
  });

  afterAll(async () => {
    for (const prefix of prefixes) {
      const keys = await redis.client.keys(`${prefix}*`);
      if (keys.length > 0) await redis.client.del(...keys);
    }
    await redis.close();
  });

  describeCaseIndex('Redis', () => {
    const keyPrefix = testPrefix(':');
    prefixes.push(keyPrefix);
    return createRedisCaseIndex({ redis, keyPrefix });
  });
});
