import { seededBits } from '../../models/training/seeded-bits.ts';
import type { BgNbdParameters } from '../../services/core/btyd/bg-nbd.ts';
import type { PurchaseSummary } from '../../services/core/btyd/purchase-model.ts';

/** Numbers from (0, 1), the same for the same seed. */
export function seededChance(seed: number): () => number {
  const bits = seededBits(seed);
  return () => ((bits() >>> 0) + 0.5) / 2 ** 32;
}

/** A gamma variate with scale 1 (Marsaglia and Tsang 2000). */
export function drawGamma(chance: () => number, shape: number): number {
  if (shape < 1) return drawGamma(chance, shape + 1) * chance() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(chance())) * Math.cos(2 * Math.PI * chance());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(chance()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/**
 * Times of the purchases after the first of a BG/NBD customer, straight from its story: purchase, toss the coin, wait,
 * purchase … until the customer drops out or `until` is over.
 */
export function simulateBgNbd(chance: () => number, { r, alpha, a, b }: BgNbdParameters, until: number): number[] {
  const rate = drawGamma(chance, r) / alpha;
  const leaving = drawGamma(chance, a);
  const drop = leaving / (leaving + drawGamma(chance, b));
  const times: number[] = [];
  for (let time = -Math.log(chance()) / rate; time <= until; time -= Math.log(chance()) / rate) {
    times.push(time);
    if (chance() < drop) break;
  }
  return times;
}

/** What is seen of those purchases until T. */
export function summarise(times: readonly number[], T: number): PurchaseSummary {
  const seen = times.filter((time) => time <= T);
  return { x: seen.length, tx: seen.at(-1) ?? 0, T };
}
