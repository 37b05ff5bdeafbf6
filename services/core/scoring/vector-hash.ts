import type { Digest } from '../ports/digest.ts';

/** Hash of the raw feature vector that begins at `raw[at]`. */
export type VectorHasher = (raw: Float64Array, at: number) => string;

/**
 * Builds the hasher for vectors of `length` features: SHA-256 over the doubles in little-endian order, first 32 hex
 * digits. Equal vectors hash equal on every machine: undefined features are one NaN, and -0 counts as 0.
 */
export function createVectorHasher(digest: Digest, length: number): VectorHasher {
  const bytes = new Uint8Array(length * 8);
  const view = new DataView(bytes.buffer);
  return (raw, at) => {
    for (let i = 0; i < length; i++) writeDouble(view, i * 8, raw[at + i]);
    return digest.sha256HexOfBytes(bytes).slice(0, 32);
  };
}

function writeDouble(view: DataView, at: number, value: number): void {
  if (!Number.isNaN(value)) {
    view.setFloat64(at, value + 0, true);
    return;
  }
  // engines may keep any payload of a NaN, so the quiet one is spelled out
  view.setUint32(at, 0, true);
  view.setUint32(at + 4, 0x7ff80000, true);
}
