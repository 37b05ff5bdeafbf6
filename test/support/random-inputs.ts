import { seededBits } from '../../models/training/seeded-bits.ts';

/** Encoded input vectors, uniform within ±`size`, always the same ones for a seed. */
export function* randomInputs(count: number, width: number, { size = 3, seed = 1 } = {}): Generator<Float32Array> {
  const bits = seededBits(seed);
  for (let n = 0; n < count; n++) yield Float32Array.from({ length: width }, () => (bits() / 2 ** 31) * size);
}
