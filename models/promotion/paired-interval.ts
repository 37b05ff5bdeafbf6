import type { RandomBits } from '../../services/platform/tensorflow/random-bits.ts';

/** A difference between two models on the same rows, with what chance leaves open. */
export interface PairedDifference {
  readonly difference: number;
  /** Bounds of the 95 % interval. */
  readonly low: number;
  readonly high: number;
}

const draws = 400;
const tail = 0.025;

/**
 * Difference of a measure, first model less second, with a percentile bootstrap interval. Both are measured on the same
 * drawn rows, so what makes rows hard for both does not widen it. Equal bits give equal bounds.
 * @param measure of one model's probabilities against the outcomes; draws where it is not defined are left out
 */
export function pairedInterval(
  [first, second]: readonly [readonly number[], readonly number[]],
  labels: readonly boolean[],
  measure: (probabilities: readonly number[], labels: readonly boolean[]) => number,
  bits: RandomBits,
): PairedDifference {
  const differences: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const rows = labels.map(() => (bits() >>> 0) % labels.length);
    const drawn = rows.map((row) => labels[row]);
    const of = (probabilities: readonly number[]): number => measure(rows.map((row) => probabilities[row]), drawn); // prettier-ignore
    const difference = of(first) - of(second);
    if (Number.isFinite(difference)) differences.push(difference);
  }
  differences.sort((a, b) => a - b);
  const at = (share: number): number => differences[Math.round(share * (differences.length - 1))] ?? NaN;
  return { difference: measure(first, labels) - measure(second, labels), low: at(tail), high: at(1 - tail) };
}
