export interface Sample {
  readonly x: number;
  readonly y: number;
}

/**
 * Slope of the line of least squares through the samples, in units of y per unit of x.
 * @throws RangeError when the samples do not span any x
 */
export function slope(samples: readonly Sample[]): number {
  const n = samples.length;
  const meanX = samples.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = samples.reduce((sum, { y }) => sum + y, 0) / n;
  const spread = samples.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (!(spread > 0)) throw new RangeError('a slope needs samples at different places');
  return samples.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
}
