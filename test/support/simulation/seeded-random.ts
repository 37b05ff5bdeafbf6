import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** All chance of a simulated world: equal seeds draw equal numbers, and seeds side by side draw quite other ones. */
export class SeededRandom {
  readonly #generator;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(mixed(seed));
  }

  /** Whole number from 0 to `below` - 1. */
  below(below: number): number {
    return uniformInt(this.#generator, 0, below - 1);
  }

  /** Whole number, both ends included. */
  between(low: number, high: number): number {
    return uniformInt(this.#generator, low, high);
  }

  /** True in `perMille` of a thousand draws. */
  chance(perMille: number): boolean {
    return perMille > 0 && this.below(1_000) < perMille;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }
}

/**
 * The generator's first draws of seeds side by side lie side by side; runs are numbered one after the other. Spreads every
 * bit of a seed over all of them (the finalizer of MurmurHash3).
 */
function mixed(seed: number): number {
  let bits = seed | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return bits ^ (bits >>> 16);
}
