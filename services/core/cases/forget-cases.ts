import { type BookedCase, type CaseBook, keptClosedCases, keptForgotten } from './case-book.ts';

/** Drops closed cases but the newest ones, and the one that is named. */
export function forgetCases(book: CaseBook, named: string | null = null): CaseBook {
  const closed = book.cases.filter((each) => each.case.status === 'closed').toSorted(newestFirst);
  const dropped = new Set(closed.slice(keptClosedCases).map((each) => each.case.caseId));
  if (named !== null) dropped.add(named);
  if (dropped.size === 0) return book;
  const cases = book.cases.filter((each) => !dropped.has(each.case.caseId));
  return { ...book, cases, forgotten: [...book.forgotten, ...dropped].slice(-keptForgotten) };
}

function newestFirst(one: BookedCase, other: BookedCase): number {
  const later = other.case.updatedAt - one.case.updatedAt;
  return later === 0 ? (one.case.caseId < other.case.caseId ? 1 : -1) : later;
}
