/** Mean absolute difference of predictions and truth, in their unit. */
export function meanAbsoluteError(predictions: readonly number[], truth: readonly number[]): number {
  const sum = predictions.reduce((total, value, i) => total + Math.abs(value - truth[i]), 0);
  return sum / truth.length;
}
