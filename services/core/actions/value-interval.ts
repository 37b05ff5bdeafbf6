import type { ValueEstimate } from './value-estimate.ts';

export interface Interval {
  readonly value: number;
  readonly standardError: number;
  /** Ends of the 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % of a normal distribution. */
const z = 1.959963984540054;

/**
 * 95 % interval of an estimate from its influences. Influences of one customer are added first, so that many rows of few
 * customers do not pass for many customers.
 */
export function valueInterval({ value, influence }: ValueEstimate, customer: Int32Array): Interval {
  const sums = new Map<number, number>();
  influence.forEach((part, i) => sums.set(customer[i], (sums.get(customer[i]) ?? 0) + part));
  let squares = 0;
  for (const sum of sums.values()) squares += sum * sum;
  const customers = sums.size;
  const correction = customers > 1 ? customers / (customers - 1) : NaN;
  const standardError = Math.sqrt(squares * correction) / influence.length;
  return { value, standardError, low: value - z * standardError, high: value + z * standardError };
}
