import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Seeded draws. Every draw moves the stream on, so the order of calls is part of the result. */
export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  between(low: number, high: number): number;
  /** Whole number, both ends included. */
  integer(low: number, high: number): number;
  chance(probability: number): boolean;
  normal(): number;
  /** Gamma by its shape and mean. */
  gamma(shape: number, mean: number): number;
  pick<T>(choices: readonly T[]): T;
}

/** One independent stream per seed and label: adding a customer does not change the lives of the others. */
export function createRandom(seed: number, label: string): Random {
  const generator = xoroshiro128plus(hashLabel(seed, label));
  const unit = (): number => uniformFloat64(generator);
  const integer = (low: number, high: number): number => uniformInt(generator, low, high);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
  return {
    unit,
    integer,
    normal,
    between: (low, high) => low + (high - low) * unit(),
    chance: (probability) => unit() < probability,
    gamma: (shape, mean) => (drawGamma(shape, unit, normal) * mean) / shape,
    pick: (choices) => choices[integer(0, choices.length - 1)],
  };
}

/** Marsaglia and Tsang (2000); below a shape of one by the draw of the next higher shape. */
function drawGamma(shape: number, unit: () => number, normal: () => number): number {
  if (shape < 1) return drawGamma(shape + 1, unit, normal) * (1 - unit()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - unit()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** FNV-1a over the label, begun at the seed. */
function hashLabel(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < label.length; i += 1) {
    hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash | 0;
}
