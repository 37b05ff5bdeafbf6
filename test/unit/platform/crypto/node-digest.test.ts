import { describe, expect, it } from 'vitest';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';

describe('nodeDigest', () => {
  it('gives the published SHA-256 of "abc"', () => {
    const published = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(nodeDigest.sha256Hex('abc')).toBe(published);
    expect(nodeDigest.sha256HexOfBytes(Buffer.from('abc'))).toBe(published);
  });

  it('gives the HMAC-SHA256 of RFC 4231, test case 2', () => {
    const published = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
    expect(nodeDigest.hmacHex(Buffer.from('Jefe'), 'what do ya want for nothing?')).toBe(published);
  });

  it('reads text as UTF-8', () => {
    expect(nodeDigest.sha256Hex('潮')).toBe(nodeDigest.sha256HexOfBytes(Buffer.from('潮', 'utf8')));
    expect(nodeDigest.hmacHex(Buffer.from('k'), '潮')).not.toBe(nodeDigest.hmacHex(Buffer.from('k'), '?'));
  });
});
