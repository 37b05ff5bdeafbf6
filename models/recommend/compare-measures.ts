import { meanOf } from '../../services/core/actions/mean-of.ts';
import { valueInterval, type Interval } from '../../services/core/actions/value-interval.ts';

/** One measure of two lists, and by how much the first is above the other, customer by customer. */
export interface ComparedMeasure {
  readonly ours: number;
  readonly popular: number;
  readonly difference: Interval;
}

/** @param ours measure per customer, in the same order as `popular` */
export function compareMeasures(ours: Float64Array, popular: Float64Array): ComparedMeasure {
  const differences = ours.map((value, i) => value - popular[i]);
  const value = meanOf(differences);
  const influence = differences.map((difference) => difference - value);
  const everyone = Int32Array.from(influence, (_, i) => i);
  return { ours: meanOf(ours), popular: meanOf(popular), difference: valueInterval({ value, influence }, everyone) };
}
