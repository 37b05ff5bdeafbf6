/**
 * Gini of the truth ordered by prediction over the Gini of the truth ordered by itself: 1 for a perfect ranking, 0 for
 * none. As in google/lifetime_value: 2 * mean(cumulative share, best first) - 1.
 */
export function normalisedGini(predictions: readonly number[], truth: readonly number[]): number {
  return gini(predictions, truth) / gini(truth, truth);
}

function gini(by: readonly number[], truth: readonly number[]): number {
  const order = truth.map((_, i) => i).sort((a, b) => by[b] - by[a]);
  const total = truth.reduce((sum, value) => sum + value, 0);
  let running = 0;
  let area = 0;
  for (const i of order) {
    running += truth[i];
    area += running / total;
  }
  return (2 * area) / truth.length - 1;
}
