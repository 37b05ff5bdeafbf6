import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyPartition } from '../../../../services/core/events/key-partition.ts';
import { runs } from '../../../support/property-runs.ts';

describe('the partition of a key', () => {
  // Hashes from the tests of Kafka's own Java client.
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('agrees with other Kafka clients for %s', (key, hash) => {
    for (const partitions of [1, 7, 12, 1_000]) {
      expect(keyPartition(Buffer.from(key), partitions)).toBe((hash & 0x7fffffff) % partitions);
    }
  });

  it('is the same of a text and of its bytes', () => {
    const texts = fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 200 }));
    fc.assert(
      fc.property(texts, (text) => {
        expect(keyPartition(text, 1_000_003)).toBe(keyPartition(Buffer.from(text), 1_000_003));
      }),
      { numRuns: runs(500) },
    );
  });

  it('takes bytes, not characters', () => {
    expect(keyPartition(Buffer.from('ü'), 1_000_003)).not.toBe(keyPartition(Buffer.from('ü', 'latin1'), 1_000_003));
  });

  it('spreads keys over all partitions', () => {
    const counts = new Array<number>(12).fill(0);
    for (let i = 0; i < 12_000; i++) counts[keyPartition(Buffer.from(`customer-${i}`), 12)]++;
    expect(Math.min(...counts)).toBeGreaterThan(850);
  });
});
