import type { Mark } from './customer-state.ts';

/**
 * Where a record stands against the marks of a block:
 * - `above`: not applied yet
 * - `applied`: at or below the mark of its partition
 * - `older-epoch`: of a numbering that ended before the one the block has reached; it must never be applied
 */
export type MarkPosition = 'above' | 'applied' | 'older-epoch';

/** The mark of one partition in one epoch; null when no record of it was applied. */
export function findMark(marks: readonly Mark[], epoch: number, partition: number): Mark | null {
  for (const mark of marks) if (mark.epoch === epoch && mark.partition === partition) return mark;
  return null;
}

/** Compares a position with the marks. Offsets of different epochs or partitions say nothing about each other. */
export function positionAgainst(marks: readonly Mark[], at: Mark): MarkPosition {
  for (const mark of marks) {
    if (mark.epoch > at.epoch) return 'older-epoch';
    if (mark.epoch === at.epoch && mark.partition === at.partition && at.offset <= mark.offset) return 'applied';
  }
  return 'above';
}

/**
 * Marks with `at` as the mark of its partition. Marks of older epochs go: their records are refused from now on, so
 * the list stays as short as the partitions one block is fed from. Ascending by partition, so equal marks have equal
 * bytes. `at` must be above the marks.
 */
export function advanceMarks(marks: readonly Mark[], at: Mark): Mark[] {
  const mark: Mark = { epoch: at.epoch, partition: at.partition, offset: at.offset };
  if (marks.length <= 1 && (marks[0] === undefined || marks[0].partition === at.partition)) return [mark];
  const others = marks.filter((other) => other.epoch === at.epoch && other.partition !== at.partition);
  return [...others, mark].sort((a, b) => a.partition - b.partition);
}
