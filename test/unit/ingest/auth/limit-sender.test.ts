import { describe, expect, it } from 'vitest';
import type { RateLimit } from '../../../../services/core/ports/rate-limiter.ts';
import { createSenderLimit } from '../../../../services/ingest/auth/limit-sender.ts';
import { aSendingKey } from '../../../support/ingest-access.ts';
import { aSender } from '../ingest-fixtures.ts';

function aLimit(defaultRate: number | null, answer: () => Promise<number> = () => Promise.resolve(7)) {
  const asked: [RateLimit, number][] = [];
  const unchecked: unknown[] = [];
  const limiter = {
    take: (limit: RateLimit, units: number) => {
      asked.push([limit, units]);
      return answer();
    },
  };
  return { asked, unchecked, limit: createSenderLimit({ limiter, defaultRate, unchecked: (e) => unchecked.push(e) }) };
}

describe('the limit of a sender', () => {
  const plain = aSendingKey('a', aSender());

  it('is not asked for where there is none, nor for no events', async () => {
    const none = aLimit(null);
    expect(await none.limit(plain, 5)).toBe(0);
    const some = aLimit(10);
    expect(await some.limit(plain, 0)).toBe(0);
    expect([...none.asked, ...some.asked]).toEqual([]);
  });

  it('is the key’s own, else the default, with ten seconds of it at once', async () => {
    const { limit, asked } = aLimit(10);
    expect(await limit(plain, 5)).toBe(7);
    await limit(aSendingKey('b', aSender(), { rateLimit: 2 }), 6);
    expect(asked).toEqual([
      [{ key: 'key-a', unitsPerSecond: 10, burst: 100 }, 5],
      [{ key: 'key-b', unitsPerSecond: 2, burst: 20 }, 6],
    ]);
  });

  it('holds nobody up when it cannot be asked for, and says so', async () => {
    const fault = new Error('no Redis');
    const { limit, unchecked } = aLimit(10, () => Promise.reject(fault));
    expect(await limit(plain, 5)).toBe(0);
    expect(unchecked).toEqual([fault]);
  });
});
