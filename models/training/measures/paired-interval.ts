import { seededBits } from '../seeded-bits.ts';

const resamples = 500;
const seed = 1;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * 95 % interval of a difference between two models on the same rows, by the bootstrap (Efron 1979): rows are drawn with
 * replacement, both models are measured on the drawn ones. Equal arguments give equal intervals.
 * @param rows number of rows
 * @param difference measures both models on the rows with the given indexes, which are others at the next call; draws for which it is NaN are left out
 */
export function pairedInterval(rows: number, difference: (drawn: readonly number[]) => number): Interval {
  const bits = seededBits(seed);
  const differences: number[] = [];
  // one array for all draws: those of a large shop would pile up
  const drawn = new Array<number>(rows).fill(0);
  for (let i = 0; i < resamples; i++) {
    for (let row = 0; row < rows; row++) drawn[row] = Math.floor(((bits() >>> 0) / 2 ** 32) * rows);
    const value = difference(drawn);
    if (!Number.isNaN(value)) differences.push(value);
  }
  differences.sort((a, b) => a - b);
  const at = (share: number): number => differences[Math.floor(share * (differences.length - 1))] ?? NaN;
  return { low: at(0.025), high: at(0.975) };
}
