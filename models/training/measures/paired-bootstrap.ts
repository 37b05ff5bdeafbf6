import { seededBits } from '../seeded-bits.ts';

/** A mean or a difference with its 95 % interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const draws = 500;
const tail = 0.025;

/**
 * Percentile bootstrap of statistics of `count` units that are drawn together, so that two models measured on the same
 * units are compared in pairs. The same units and seed give the same intervals.
 * @param statistics all figures of one sample, given the drawn units' indexes; those not finite are left out
 */
export function pairedBootstrap<K extends string>(
  count: number,
  statistics: (units: Int32Array) => Readonly<Record<K, number>>,
  seed = 1,
): Record<K, Interval> {
  const bits = seededBits(seed);
  const all = statistics(Int32Array.from({ length: count }, (_, i) => i));
  const names = Object.keys(all) as K[];
  const drawn = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let draw = 0; draw < draws; draw++) {
    const figures = statistics(Int32Array.from({ length: count }, () => (bits() >>> 0) % count));
    for (const name of names) if (Number.isFinite(figures[name])) drawn.get(name)?.push(figures[name]);
  }
  const entries = names.map((name) => {
    const sorted = (drawn.get(name) ?? []).sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
    return [name, { value: all[name], low: at(tail), high: at(1 - tail) }] as const;
  });
  return Object.fromEntries(entries) as Record<K, Interval>;
}
