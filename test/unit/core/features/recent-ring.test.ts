import { describe, expect, it } from 'vitest';
import { hasRecent, pushRecent, recentHash, recentRingSize } from '../../../../services/core/features/recent-ring.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';

describe('the ring of recent events', () => {
  it('remembers as many hashes as it is large and forgets the oldest first', () => {
    const ring: number[] = [];
    for (let hash = 0; hash < recentRingSize + 3; hash++) pushRecent(ring, hash);
    expect(ring).toHaveLength(recentRingSize);
    expect(hasRecent(ring, 2)).toBe(false);
    expect(hasRecent(ring, 3)).toBe(true);
    expect(hasRecent(ring, recentRingSize + 2)).toBe(true);
  });

  it('knows an event by source and id, however the two are cut', () => {
    const hash = recentHash(nodeDigest, 'shop', 'e1');
    expect(recentHash(nodeDigest, 'shop', 'e1')).toBe(hash);
    const others = [['shop', 'e2'], ['till', 'e1'], ['shope', '1'], ['sho', 'pe1'], ['shop:e1', '']] as const; // prettier-ignore
    for (const [source, eventId] of others) expect(recentHash(nodeDigest, source, eventId)).not.toBe(hash);
    expect(recentHash(nodeDigest, 'a:b', 'c')).not.toBe(recentHash(nodeDigest, 'a', 'b:c'));
  });

  it('hashes to exact integers of 52 bits', () => {
    const hashes = Array.from({ length: 500 }, (_, index) => recentHash(nodeDigest, 'shop', String(index)));
    expect(hashes.every((hash) => Number.isSafeInteger(hash) && hash >= 0 && hash < 2 ** 52)).toBe(true);
    expect(Math.max(...hashes)).toBeGreaterThan(2 ** 51);
    expect(new Set(hashes).size).toBe(500);
  });
});
