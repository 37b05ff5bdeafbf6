import type { EpochDay } from '../units.ts';

let scratch = new Int32Array(64);

/**
 * Median of the days between one purchase day and the next: the customer's own rhythm, which one long holiday does not
 * move. The mean of the middle two for an even number; NaN below two purchase days.
 * @param days ascending and distinct
 */
export function gapMedian(days: readonly EpochDay[]): number {
  const count = days.length - 1;
  if (count < 1) return Number.NaN;
  if (count === 1) return days[1] - days[0];
  if (count > scratch.length) scratch = new Int32Array(count * 2);
  for (let i = 0; i < count; i++) scratch[i] = days[i + 1] - days[i];
  sort(count);
  const middle = count >> 1;
  return count % 2 === 1 ? scratch[middle] : (scratch[middle - 1] + scratch[middle]) / 2;
}

const fewGaps = 24;

/** Most customers have a handful of gaps, for which sorting by insertion in place is the quickest. */
function sort(count: number): void {
  if (count > fewGaps) {
    scratch.subarray(0, count).sort();
    return;
  }
  for (let i = 1; i < count; i++) {
    const gap = scratch[i];
    let at = i;
    for (; at > 0 && scratch[at - 1] > gap; at--) scratch[at] = scratch[at - 1];
    scratch[at] = gap;
  }
}
