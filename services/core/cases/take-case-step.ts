import type { CommandFault } from '../commands/command-fault.ts';
import { advanceCase, type CaseFault as StepFault } from './advance-case.ts';
import { type BookedCase, type CaseBook, findCase, oweCase } from './case-book.ts';
import { type CaseMomentKind, momentOf } from './case-moment.ts';
import { type CaseResult, refuse } from './case-result.ts';
import type { CaseRules } from './case-rules.ts';
import type { CaseStep } from './case-step.ts';
import { forgetCases } from './forget-cases.ts';
import type { CaseStatus, ServiceCase } from './service-case.ts';

const faults: Readonly<Record<StepFault, CommandFault>> = {
  'case-closed': 'case-closed',
  'not-resolved': 'not-resolved',
  'not-open-again': 'not-open-again',
  'no-follow-up': 'no-follow-up',
  'no-cause-code': 'no-cause-code',
  'already-resolved': 'case-resolved',
};

const moments: Readonly<Partial<Record<CaseStatus, CaseMomentKind>>> = {
  responded: 'answered',
  resolved: 'resolved',
  'followed-up': 'followed-up',
  closed: 'closed',
};

/** One step of a case of the book. What says nothing new changes nothing. */
export function takeCaseStep(book: CaseBook, caseId: string, step: CaseStep, rules: CaseRules): CaseResult {
  const before = findCase(book, caseId);
  if (before === null) return refuse(book, 'unknown-case');
  const advance = advanceCase(before.case, step, rules.clocksOf(before.queue));
  if (advance.result === 'refused') return refuse(book, faults[advance.fault]);
  if (advance.result === 'unchanged') return refuse(book, null);
  const after = bookStep(before, advance.case, step, rules);
  const kind = momentKind(before.case, after.case, step);
  const cases = book.cases.map((each) => (each === before ? after : each));
  return {
    book: forgetCases(oweCase({ ...book, cases }, after)),
    moments: kind === null ? [] : [momentOf(after, kind, after.case.updatedAt)],
    fault: null,
  };
}

function bookStep(before: BookedCase, after: ServiceCase, step: CaseStep, rules: CaseRules): BookedCase {
  const changedAt = Math.max(before.changedAt, after.updatedAt);
  const booked = { ...before, case: after, version: before.version + 1, changedAt };
  if (step.kind === 'assign') return booked;
  if (step.kind === 'sort') return { ...booked, queue: rules.queueOf(after) };
  return { ...booked, progressedAt: after.updatedAt, isStuck: false };
}

function momentKind(before: ServiceCase, after: ServiceCase, step: CaseStep): CaseMomentKind | null {
  if (step.kind === 'reopen') return 'reopened';
  if (step.kind === 'sort') return 'sorted';
  if (before.status === after.status) return null;
  // Who is told how far it is has been answered.
  if (after.status === 'handled') return before.status === 'opened' ? 'answered' : null;
  return moments[after.status] ?? null;
}
