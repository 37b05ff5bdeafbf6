import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyedDigest } from '../../../../services/platform/crypto/keyed-digest.ts';
import { runs } from '../../../support/property-runs.ts';

const ofNode = (key: Buffer, text: string): string => createHmac('sha256', key).update(text, 'utf8').digest('hex');

describe('keyedDigest', () => {
  it('is the HMAC of Node for any key and text', () => {
    const keys = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(keys, texts, (key, several) => {
        for (const text of several) expect(keyedDigest(key)(text)).toBe(ofNode(key, text));
      }),
      { numRuns: runs(300) },
    );
  });

  it.each([5_439, 5_440, 5_441, 20_000])('is it for texts of %d characters of one to three bytes', (length) => {
    const key = Buffer.from('k');
    for (const sign of ['a', 'é', '潮', '\ud800']) {
      expect(keyedDigest(key)(sign.repeat(length))).toBe(ofNode(key, sign.repeat(length)));
    }
  });

  it('keeps two keys apart that are used in turn', () => {
    const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    for (const text of ['a', 'much longer than that', '']) {
      expect(keyedDigest(one)(text)).toBe(ofNode(one, text));
      expect(keyedDigest(two)(text)).toBe(ofNode(two, text));
    }
  });
});
