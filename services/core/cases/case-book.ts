import type { EpochMs } from '../units.ts';
import type { CaseStep } from './case-step.ts';
import type { ServiceCase } from './service-case.ts';

/** A case with what is kept of it beside its own course. */
export interface BookedCase {
  readonly case: ServiceCase;
  /** The team it waits in; its owner is whoever took it. */
  readonly queue: string;
  /** Grows by one with each change, from 1. */
  readonly version: number;
  /** When it last changed: by a step, or because time passed. */
  readonly changedAt: EpochMs;
  /** When anything was last done about it; handing it round and sorting it is nothing. */
  readonly progressedAt: EpochMs;
  /** It was told to be stuck since then. */
  readonly isStuck: boolean;
}

/** A step that was reported before its case; it is taken once the opening comes. */
export interface EarlyStep {
  readonly caseId: string;
  readonly step: CaseStep;
}

/** The cases of one customer. Never mutated. */
export interface CaseBook {
  /** The customer's tier in the tenant's primary scheme; cases opened from now on have its terms. */
  readonly tier: string | null;
  /** P(churn) within 90 days by the latest score, for the order of queues; null before the first. */
  readonly risk: number | null;
  /** In the order they were opened: all that are not closed, and the newest closed ones. */
  readonly cases: readonly BookedCase[];
  /** In the order they came; at most `keptEarlySteps`. */
  readonly early: readonly EarlyStep[];
  /** Ids of the cases that were dropped last, so that lists can be told; at most `keptForgotten`. */
  readonly forgotten: readonly string[];
  /** The newest version of each case that has changed since it is known to stand among the facts, also of dropped ones. */
  readonly owed: readonly BookedCase[];
}

export const keptClosedCases = 5;
/** A customer with so many unclosed cases opens no more of them: they would be made by a machine that runs wild. */
export const mostUnclosedCases = 50;
export const keptEarlySteps = 16;
export const keptForgotten = 8;

export const emptyCaseBook: CaseBook = { tier: null, risk: null, cases: [], early: [], forgotten: [], owed: [] };

/** What the latest score says of the customer. A case keeps the terms of the tier it was opened in: they are a promise. */
export function placeCustomer(book: CaseBook, { tier, risk }: Pick<CaseBook, 'tier' | 'risk'>): CaseBook {
  return book.tier === tier && book.risk === risk ? book : { ...book, tier, risk };
}

/** Owes a case that changed to the facts; an earlier version of it is overtaken. */
export function oweCase(book: CaseBook, changed: BookedCase): CaseBook {
  return { ...book, owed: [...book.owed.filter((each) => !isSameCase(each, changed)), changed] };
}

/** An id may be used again once its case is forgotten, and that of unnamed cases is. */
export function isSameCase(one: BookedCase, other: BookedCase): boolean {
  return one.case.caseId === other.case.caseId && one.case.openedAt === other.case.openedAt;
}

export function findCase(book: CaseBook, caseId: string): BookedCase | null {
  return book.cases.find((each) => each.case.caseId === caseId) ?? null;
}

/** Solved, and it is asked or was asked whether it holds. */
export function isSettled({ status }: Pick<ServiceCase, 'status'>): boolean {
  return status === 'resolved' || status === 'followed-up' || status === 'closed';
}

/** Whether a complaint waits for its solution: until then nobody is asked for a rating or sent an offer. */
export function openComplaint(book: CaseBook): boolean {
  return book.cases.some((each) => each.case.isComplaint && !isSettled(each.case));
}
