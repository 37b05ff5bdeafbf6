import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAesSealer } from '../../../../services/platform/crypto/aes-sealer.ts';
import { runs } from '../../../support/property-runs.ts';

const key = Buffer.alloc(32, 7);

describe('createAesSealer', () => {
  it('opens what it sealed, whatever the bytes and the associated data', () => {
    const sealer = createAesSealer('k1', key);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'grapheme' }), (plain, data) => {
        const bytes = Buffer.from(plain);
        expect(sealer.open(sealer.seal(bytes, data), data).equals(bytes)).toBe(true);
      }),
      { numRuns: runs(100) },
    );
  });

  it('takes 28 bytes more than the plain text and another nonce each time', () => {
    const sealer = createAesSealer('k1', key);
    const [first, second] = [sealer.seal(Buffer.from('ann'), 'd'), sealer.seal(Buffer.from('ann'), 'd')];
    expect(first.length).toBe(3 + 28);
    expect(first.equals(second)).toBe(false);
  });

  it('refuses a field of which any single bit was changed', () => {
    const sealer = createAesSealer('k1', key);
    const sealed = sealer.seal(Buffer.from('ann@example.org'), 'demo:1:email');
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const broken = Buffer.from(sealed);
      broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => sealer.open(broken, 'demo:1:email')).toThrow(expect.objectContaining({ code: 'ERR_RECORD_DECODE' }));
    }
  });

  it.each([
    ['other associated data', createAesSealer('k1', key), 'demo:2:email'],
    ['another key', createAesSealer('k2', randomBytes(32)), 'demo:1:email'],
  ])('refuses a field under %s', (_what, opener, data) => {
    const sealed = createAesSealer('k1', key).seal(Buffer.from('ann'), 'demo:1:email');
    expect(() => opener.open(sealed, data)).toThrow(expect.objectContaining({ code: 'ERR_RECORD_DECODE' }));
  });

  it('refuses bytes too short to be sealed', () => {
    expect(() => createAesSealer('k1', key).open(Buffer.alloc(27), '')).toThrow(
      expect.objectContaining({ code: 'ERR_RECORD_DECODE', retryable: false }),
    );
  });

  it('refuses a key of another length than 32 bytes', () => {
    expect(() => createAesSealer('k1', Buffer.alloc(16))).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
    );
  });
});
