/**
 * Mean over the deciles of the predictions of |mean prediction - mean truth| / mean truth. As in google/lifetime_value;
 * deciles in which nothing was spent have no such share and are left out.
 */
export function decileMape(predictions: readonly number[], truth: readonly number[]): number {
  const order = predictions.map((_, i) => i).sort((a, b) => predictions[a] - predictions[b]);
  const errors: number[] = [];
  for (let decile = 0; decile < 10; decile++) {
    const of = order.slice(
      Math.round((decile * order.length) / 10),
      Math.round(((decile + 1) * order.length) / 10),
    ); // prettier-ignore
    const predicted = of.reduce((sum, i) => sum + predictions[i], 0);
    const real = of.reduce((sum, i) => sum + truth[i], 0);
    if (real > 0) errors.push(Math.abs(predicted - real) / real);
  }
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}
