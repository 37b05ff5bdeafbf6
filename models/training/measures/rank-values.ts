import { stableOrder } from './stable-order.ts';

/** Ranks from 1, ascending; equal values share the mean of their ranks. */
export function rankValues(values: ArrayLike<number>): Float64Array {
  const order = stableOrder(values, 'ascending');
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let k = from; k < to; k++) ranks[order[k]] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}
