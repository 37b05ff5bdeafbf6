import type { RandomBits } from './random-bits.ts';

/** Inverted dropout: 0 with probability `rate`, else 1 / (1 - rate), so that the mean of the units stays. */
export function dropoutMask(length: number, rate: number, bits: RandomBits): Float32Array {
  const mask = new Float32Array(length);
  const kept = 1 / (1 - rate);
  const threshold = rate * 2 ** 32 - 2 ** 31;
  for (let i = 0; i < length; i++) mask[i] = bits() < threshold ? 0 : kept;
  return mask;
}
