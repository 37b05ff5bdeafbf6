/** 95 % quantiles of Student's t with 1 to 30 degrees of freedom. */
const quantiles = [
  6.3138, 2.92, 2.3534, 2.1318, 2.015, 1.9432, 1.8946, 1.8595, 1.8331, 1.8125, 1.7959, 1.7823, 1.7709, 1.7613, 1.7531,
  1.7459, 1.7396, 1.7341, 1.7291, 1.7247, 1.7207, 1.7171, 1.7139, 1.7109, 1.7081, 1.7056, 1.7033, 1.7011, 1.6991, 1.6973,
] as const; // prettier-ignore

const normalQuantile = 1.6449;

/**
 * One-sided upper 95 % bound of the mean the values are drawn around, by Student's t.
 * @throws RangeError with fewer than two values
 */
export function upperBound(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) throw new RangeError('a bound needs at least two values');
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return mean + quantile(n - 1) * Math.sqrt(variance / n);
}

/** Beyond the table the first term of the expansion in 1/df is exact to four digits. */
function quantile(freedom: number): number {
  const z = normalQuantile;
  return quantiles[freedom - 1] ?? z + (z ** 3 + z) / (4 * freedom);
}
