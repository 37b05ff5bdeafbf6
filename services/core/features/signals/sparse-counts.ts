import { saturatingAdd } from '../saturating-add.ts';

/**
 * Counts of the few counters that are not 0: `[id, count, id, count …]`, ids ascending, counts above 0. Equal counts
 * are equal lists, in whatever order they came about.
 */
export type SparseCounts = number[];

/** Adds to a count, in place; it stops at the largest safe integer. Adding 0 changes nothing. */
export function addCount(counts: SparseCounts, id: number, by: number): void {
  if (by === 0) return;
  const at = placeOf(counts, id);
  if (counts[at] === id) counts[at + 1] = saturatingAdd(counts[at + 1], by);
  else counts.splice(at, 0, id, by);
}

/** Takes from a count, in place; the caller knows that it is at least `by`. A count of 0 leaves the list. */
export function takeCount(counts: SparseCounts, id: number, by: number): void {
  const at = placeOf(counts, id);
  if (counts[at] !== id) return;
  counts[at + 1] -= by;
  if (counts[at + 1] <= 0) counts.splice(at, 2);
}

/** The count of a counter; 0 where it is not in the list. */
export function countOf(counts: readonly number[], id: number): number {
  const at = placeOf(counts, id);
  return counts[at] === id ? counts[at + 1] : 0;
}

function placeOf(counts: readonly number[], id: number): number {
  let at = 0;
  while (at < counts.length && counts[at] < id) at += 2;
  return at;
}
