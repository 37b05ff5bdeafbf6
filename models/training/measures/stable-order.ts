/**
 * Indexes of the values in their order, equal values as they came; NaN counts as infinite. Bootstraps sort thousands of
 * times: this takes typed arrays alone, whose memory is given back at once, where sorting an array of numbers leaves
 * arrays behind that pile up until the next full collection.
 */
export function stableOrder(values: ArrayLike<number>, direction: 'ascending' | 'descending'): Int32Array {
  const sign = direction === 'ascending' ? 1 : -1;
  const keys = new Float64Array(values.length);
  for (let i = 0; i < keys.length; i++) keys[i] = Number.isNaN(values[i]) ? Infinity : sign * values[i];
  const sorted = keys.slice().sort();
  const placed = new Int32Array(keys.length);
  const order = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const first = countBelow(sorted, keys[i]);
    order[first + placed[first]] = i;
    placed[first] += 1;
  }
  return order;
}

function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
