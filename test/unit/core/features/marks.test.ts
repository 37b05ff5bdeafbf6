import { describe, expect, it } from 'vitest';
import { advanceMarks, findMark, positionAgainst } from '../../../../services/core/features/marks.ts';

const mark = (epoch: number, partition: number, offset: number) => ({ epoch, partition, offset });

describe('marks', () => {
  it('let a record above the mark of its partition through, and none at or below it', () => {
    const marks = [mark(1, 0, 10)];
    expect(positionAgainst(marks, mark(1, 0, 11))).toBe('above');
    expect(positionAgainst(marks, mark(1, 0, 10))).toBe('applied');
    expect(positionAgainst(marks, mark(1, 0, 9))).toBe('applied');
    expect(positionAgainst([], mark(1, 0, 0))).toBe('above');
  });

  it('of one partition say nothing about another', () => {
    expect(positionAgainst([mark(1, 0, 10)], mark(1, 1, 0))).toBe('above');
  });

  it('of an older epoch never hide a record of a newer one; older records are told apart', () => {
    expect(positionAgainst([mark(1, 0, 10)], mark(2, 0, 0))).toBe('above');
    expect(positionAgainst([mark(2, 0, 0)], mark(1, 0, 10))).toBe('older-epoch');
    expect(positionAgainst([mark(2, 0, 0)], mark(1, 5, 10))).toBe('older-epoch');
  });

  it('advance per partition, in the order of partitions', () => {
    const marks = advanceMarks(advanceMarks(advanceMarks([], mark(1, 0, 7)), mark(1, 3, 6)), mark(1, 0, 8));
    expect(marks).toEqual([mark(1, 0, 8), mark(1, 3, 6)]);
    expect(findMark(marks, 1, 3)).toEqual(mark(1, 3, 6));
    expect(findMark(marks, 2, 3)).toBeNull();
  });

  it('of older epochs go when a newer epoch begins', () => {
    expect(advanceMarks([mark(1, 0, 8), mark(1, 3, 6)], mark(2, 3, 0))).toEqual([mark(2, 3, 0)]);
    expect(advanceMarks([mark(1, 0, 8)], mark(2, 0, 0))).toEqual([mark(2, 0, 0)]);
    expect(advanceMarks([mark(1, 0, 8)], mark(2, 4, 0))).toEqual([mark(2, 4, 0)]);
  });
});
