import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomBits } from '../../services/platform/tensorflow/random-bits.ts';

/** The random bits of one net: equal seeds give equal bits, on every machine. */
export function seededBits(seed: number): RandomBits {
  const generator = xoroshiro128plus(seed);
  return () => generator.next();
}
