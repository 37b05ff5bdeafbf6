/** What happened to a case. The order is the order of the marks of one case on one day. */
export const caseSteps = ['opened', 'complained', 'reopened', 'answered', 'resolved', 'closed'] as const;

export type CaseStep = (typeof caseSteps)[number];

/** Marks kept of one day. Of more, the lowest are kept, whatever order they came in. */
export const marksPerDay = 32;

const stepBits = 8;
const hashBits = 28;

/**
 * One step of one case as a whole number below 2^31: a 28-bit hash of the case's id (FNV-1a) and the step. Two of one
 * customer's cases share a hash once in 2^28 pairs. Steps that name no case are steps of one nameless case.
 */
export function caseMark(caseId: string | null, step: CaseStep): number {
  return (caseId === null ? 0 : hashId(caseId)) * stepBits + caseSteps.indexOf(step);
}

/** The case of a mark, as its hash. */
export function caseOf(mark: number): number {
  return Math.floor(mark / stepBits);
}

/** The step of a mark; undefined for a number that is no mark. */
export function stepOf(mark: number): CaseStep | undefined {
  return caseSteps[mark % stepBits];
}

/** Adds a mark to a day's, ascending, in place. The same step may come more than once. */
export function addMark(marks: number[], mark: number): void {
  let at = marks.length;
  while (at > 0 && marks[at - 1] > mark) at -= 1;
  marks.splice(at, 0, mark);
  if (marks.length > marksPerDay) marks.pop();
}

function hashId(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % 2 ** hashBits;
}
