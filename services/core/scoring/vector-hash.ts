import type { Digest } from '../ports/digest.ts';

/** Hash of the raw feature vector that begins at `raw[at]`. */
export type VectorHasher = (raw: Float64Array, at: number) => string;

/** What a feature is, two bits each, lowest first; 0 for a zero. */
const kinds = { undefined: 1, number: 2 } as const;

/**
 * Builds the hasher for vectors of `length` features: SHA-256, first 32 hex digits, over the kind of each feature (four
 * in a byte) followed by the doubles, little-endian, of those that are neither 0 nor undefined. Most features of most
 * customers are one of these, so few bytes are hashed. Equal vectors hash equal on every machine: undefined features are
 * one NaN, and -0 counts as 0.
 */
export function createVectorHasher(digest: Digest, length: number): VectorHasher {
  const kindBytes = Math.ceil(length / 4);
  const bytes = new Uint8Array(kindBytes + length * 8);
  const view = new DataView(bytes.buffer);
  return (raw, at) => {
    bytes.fill(0, 0, kindBytes);
    let end = kindBytes;
    for (let i = 0; i < length; i++) {
      const value = raw[at + i];
      if (value === 0) continue;
      const isNumber = !Number.isNaN(value);
      bytes[i >> 2] |= (isNumber ? kinds.number : kinds.undefined) << ((i & 3) * 2);
      if (!isNumber) continue;
      view.setFloat64(end, value, true);
      end += 8;
    }
    return digest.sha256HexOfBytes(bytes.subarray(0, end)).slice(0, 32);
  };
}
