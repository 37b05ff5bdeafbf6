import { stableOrder } from './stable-order.ts';

/**
 * Gini of the truth ordered by prediction over the Gini of the truth ordered by itself: 1 for a perfect ranking, 0 for
 * none. As in google/lifetime_value: 2 * mean(cumulative share, best first) - 1.
 */
export function normalisedGini(predictions: ArrayLike<number>, truth: ArrayLike<number>): number {
  return gini(predictions, truth) / gini(truth, truth);
}

function gini(by: ArrayLike<number>, truth: ArrayLike<number>): number {
  const order = stableOrder(by, 'descending');
  let total = 0;
  for (let i = 0; i < truth.length; i++) total += truth[i];
  let running = 0;
  let area = 0;
  for (const i of order) {
    running += truth[i];
    area += running / total;
  }
  return (2 * area) / truth.length - 1;
}
