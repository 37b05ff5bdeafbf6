/** Rows of equal weight that would say as much as these (Kish): (sum w)^2 / sum w^2. 0 without any weight. */
export function effectiveRows(weights: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares === 0 ? 0 : (sum * sum) / squares;
}
