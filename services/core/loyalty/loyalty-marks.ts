import type { LogMark } from './loyalty-state.ts';

/** Partitions a customer is booked from at the same time, while a topic is being given more of them. */
const keptMarks = 8;

/** Whether a record at this place was booked before. */
export function isMarked(marks: readonly LogMark[], at: LogMark): boolean {
  return marks.some((mark) => mark.partition === at.partition && isOfSameLog(mark, at) && at.offset <= mark.offset);
}

/** Marks of a log that was created again take the place of those of the log before. */
export function advanceMark(marks: readonly LogMark[], at: LogMark): readonly LogMark[] {
  const others = marks.filter(
    (mark) => mark.log !== at.log || (isOfSameLog(mark, at) && mark.partition !== at.partition),
  );
  return [...others, at].slice(-keptMarks);
}

/** Where it cannot be known which log it is, it is taken for the same: a point is rather booked too little than twice. */
function isOfSameLog(mark: LogMark, at: LogMark): boolean {
  return mark.log === at.log && (mark.logId === null || at.logId === null || mark.logId === at.logId);
}
