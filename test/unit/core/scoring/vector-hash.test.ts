import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createVectorHasher } from '../../../../services/core/scoring/vector-hash.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';

const hash = createVectorHasher(nodeDigest, 3);

describe('the hash of a feature vector', () => {
  it('is SHA-256 over the kinds of the features and the doubles, in little-endian order, that are neither 0 nor NaN', () => {
    const bytes = Buffer.alloc(2 + 16);
    // the first four features: number, zero, undefined, number; the fifth: zero
    bytes[0] = 0b10_01_00_10;
    bytes.writeDoubleLE(-2.5, 2);
    bytes.writeDoubleLE(1e300, 10);
    const expected = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    const hashFive = createVectorHasher(nodeDigest, 5);
    // what an earlier, longer vector left behind does not count
    hashFive(Float64Array.of(1, 2, 3, 4, 5), 0);
    expect(hashFive(Float64Array.of(-2.5, 0, NaN, 1e300, 0), 0)).toBe(expected);
  });

  it('takes every NaN for the same', () => {
    const odd = Float64Array.of(0, 1, 2);
    new Uint32Array(odd.buffer).set([7, 0xfff8_0001]);
    expect(Number.isNaN(odd[0])).toBe(true);
    expect(hash(odd, 0)).toBe(hash(Float64Array.of(NaN, 1, 2), 0));
  });

  it('takes -0 for 0', () => {
    expect(hash(Float64Array.of(-0, 1, 2), 0)).toBe(hash(Float64Array.of(0, 1, 2), 0));
  });

  it('tells NaN from 0 and one place from another', () => {
    const hashes = [
      [NaN, 1, 2],
      [0, 1, 2],
      [1, 0, 2],
      [0, 2, 1],
    ].map((row) => hash(Float64Array.from(row), 0));
    expect(new Set(hashes).size).toBe(4);
  });

  it('reads the row it is given', () => {
    expect(hash(Float64Array.of(9, 1, 2, 3), 1)).toBe(hash(Float64Array.of(1, 2, 3), 0));
  });
});
