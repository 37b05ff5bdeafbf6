/** A half-open range of offsets: `from` is in it, `to` is not. */
interface OffsetRange {
  from: number;
  to: number;
}

/** Which offsets of one partition are done, when work on them may end out of order. */
export interface OffsetTracker {
  /** First offset not done: everything before it is. Only this may be committed. */
  next(): number;
  /** Marks `from` up to but not including `to` as done; repeated and overlapping ranges count once. */
  finish(from: number, to: number): void;
  /** Forgets everything and goes on at `offset` (after a seek or a new assignment). */
  reset(offset: number): void;
}

/**
 * The longest contiguous prefix of finished work. Offsets that the broker left out (compaction, transaction markers)
 * must be part of a finished range.
 * @param start first offset to be done
 */
export function createOffsetTracker(start: number): OffsetTracker {
  let prefix = start;
  let ahead: OffsetRange[] = [];

  function advance(): void {
    ahead.sort((a, b) => a.from - b.from);
    let used = 0;
    for (; used < ahead.length && ahead[used].from <= prefix; used++) prefix = Math.max(prefix, ahead[used].to);
    ahead = ahead.slice(used);
  }

  return {
    next: () => prefix,
    finish(from, to) {
      if (to <= prefix || to <= from) return;
      if (from <= prefix && ahead.length === 0) {
        prefix = to;
        return;
      }
      ahead.push({ from, to });
      advance();
    },
    reset(offset) {
      prefix = offset;
      ahead = [];
    },
  };
}
