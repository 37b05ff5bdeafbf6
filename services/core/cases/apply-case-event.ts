import type { CustomerRecord } from '../events/customer-record.ts';
import { type BookedCase, type CaseBook, findCase, keptEarlySteps } from './case-book.ts';
import type { CaseMoment } from './case-moment.ts';
import { type CaseFault, type CaseResult, refuse } from './case-result.ts';
import type { CaseRules } from './case-rules.ts';
import type { CaseStep } from './case-step.ts';
import { type CaseOpening, openCase } from './open-case.ts';
import { passCaseTime } from './pass-case-time.ts';
import { readCaseEvent } from './read-case-event.ts';
import { takeCaseStep } from './take-case-step.ts';

/**
 * What an event does to the cases of its customer. A step that comes before its case waits for the opening and is then
 * taken at its place in time; a step that stands already, or may not be taken, changes nothing. Events of an import change
 * cases, but nobody is told: what happened years ago is no news, and no clock of then rings now.
 */
export function applyCaseEvent(book: CaseBook, record: CustomerRecord, rules: CaseRules): CaseResult {
  const report = readCaseEvent(record, rules);
  if (report === null) return refuse(book, null);
  const { caseId, hasUnknownCause } = report;
  if ('opening' in report) return quieten(book, takeOpening(book, report.opening, rules), { record, rules });
  const fault = hasUnknownCause ? 'unknown-cause-code' : null;
  if (findCase(book, caseId) === null) {
    const early = [...book.early, ...report.steps.map((step) => ({ caseId, step }))];
    return { book: { ...book, early: early.slice(-keptEarlySteps) }, moments: [], fault: 'not-opened-yet' };
  }
  const taken = takeSteps(book, caseId, report.steps, rules);
  return quieten(book, { ...taken, fault: taken.fault ?? fault }, { record, rules });
}

function takeOpening(before: CaseBook, opening: CaseOpening, rules: CaseRules): CaseResult {
  const { caseId } = opening;
  const opened = openCase(before, opening, rules);
  const waiting = before.early.filter((each) => each.caseId === caseId);
  if (opened.fault !== null || waiting.length === 0) return opened;
  const early = before.early.filter((each) => each.caseId !== caseId);
  const steps = waiting.map(({ step }) => step).toSorted((one, other) => one.at - other.at);
  const taken = takeSteps({ ...opened.book, early }, caseId, steps, rules);
  return { ...taken, moments: [...opened.moments, ...taken.moments] };
}

/** Steps in their order. A refused one stops none of those after it; its fault is told. */
function takeSteps(before: CaseBook, caseId: string, steps: readonly CaseStep[], rules: CaseRules): CaseResult {
  let book = before;
  let fault: CaseFault | null = null;
  const moments: CaseMoment[] = [];
  for (const step of steps) {
    const taken = takeCaseStep(book, caseId, step, rules);
    book = taken.book;
    moments.push(...taken.moments);
    fault = taken.fault ?? fault;
  }
  return { book, moments, fault };
}

function quieten(
  before: CaseBook,
  result: CaseResult,
  { record, rules }: { readonly record: CustomerRecord; readonly rules: CaseRules },
): CaseResult {
  if (!record.historical || result.book === before) return result;
  const changed = new Set(result.book.cases.filter((each) => !before.cases.includes(each)).map(idOf));
  const { book } = passCaseTime(result.book, record.receivedAt, rules, changed);
  return { ...result, book, moments: [] };
}

function idOf(booked: BookedCase): string {
  return booked.case.caseId;
}
