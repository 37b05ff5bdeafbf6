/**
 * Nearest-rank percentile: the smallest value that at least the share `p` of all values does not exceed.
 * @param p 0 < p <= 1
 * @throws RangeError without values or outside that range
 */
export function percentile(values: readonly number[], p: number): number {
  if (values.length === 0) throw new RangeError('a percentile needs values');
  if (!(p > 0 && p <= 1)) throw new RangeError(`a percentile is a share above 0 and up to 1, not ${p}`);
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.ceil(p * sorted.length) - 1];
}
