import { applyCaseCommand } from '../cases/apply-case-command.ts';
import { applyCaseEvent } from '../cases/apply-case-event.ts';
import { type CaseBook, openComplaint } from '../cases/case-book.ts';
import type { CaseMoment } from '../cases/case-moment.ts';
import type { CaseFault } from '../cases/case-result.ts';
import { openCase } from '../cases/open-case.ts';
import { caseDueAt, passCaseTime } from '../cases/pass-case-time.ts';
import type { CaseNature } from '../cases/service-case.ts';
import type { RetentionCommand } from '../commands/retention-command.ts';
import type { CustomerRecord } from '../events/customer-record.ts';
import { attributeOf } from '../features/signals/attribute-of.ts';
import { askDueSurveys, callForSurveys, surveyDueAt } from '../surveys/ask-surveys.ts';
import { needsCallBack, readAnswer, type SurveyAnswer } from '../surveys/read-answer.ts';
import { readOptOut } from '../surveys/read-opt-out.ts';
import type { SurveyAsk } from '../surveys/survey-ask.ts';
import type { SurveyBook } from '../surveys/survey-book.ts';
import { takeAnswer } from '../surveys/take-answer.ts';
import type { EpochMs, Surrogate } from '../units.ts';
import type { ServiceRules } from './service-rules.ts';

/** What is kept of one customer's concerns and answers. */
export interface ServiceBooks {
  readonly cases: CaseBook;
  readonly surveys: SurveyBook;
}

export interface ServiceResult extends ServiceBooks {
  readonly moments: readonly CaseMoment[];
  readonly asks: readonly SurveyAsk[];
  readonly fault: CaseFault | null;
}

export interface ServiceCustomer {
  readonly tenant: string;
  readonly surrogate: Surrogate;
}

/**
 * What an event does to the cases and surveys of its customer. Call `passServiceTime` until then first. A low answer
 * opens a case at once; an import asks nobody and opens no case because of an answer.
 */
export function applyServiceEvent(books: ServiceBooks, record: CustomerRecord, rules: ServiceRules): ServiceResult {
  const applied = applyCaseEvent(books.cases, record, rules.cases);
  const told: ServiceResult = {
    ...applied,
    cases: applied.book,
    surveys: hear(books.surveys, record, rules),
    asks: [],
  };
  const answered = record.type === 'survey.answered' ? answer(told, record, rules) : told;
  return record.historical ? answered : finish(answered, record.occurredAt, { customer: record, rules });
}

/** What a `case-…` command does; any other verb does nothing. */
export function applyServiceCommand(
  books: ServiceBooks,
  command: RetentionCommand,
  rules: ServiceRules,
): ServiceResult {
  const { book: cases, moments, fault } = applyCaseCommand(books.cases, command, rules.cases);
  return finish({ cases, surveys: books.surveys, moments, asks: [], fault }, command.at, { customer: command, rules });
}

/** What has become due by `at`, each thing once: alarms of clocks, stuck cases, surveys. */
export function passServiceTime(
  books: ServiceBooks,
  at: EpochMs,
  rules: ServiceRules,
  customer: ServiceCustomer,
): ServiceResult {
  const { book: cases, moments } = passCaseTime(books.cases, at, rules.cases);
  return finish({ cases, surveys: books.surveys, moments, asks: [], fault: null }, at, { customer, rules });
}

/** When something happens although nothing comes; null for never. */
export function serviceDueAt({ cases, surveys }: ServiceBooks, rules: ServiceRules): EpochMs | null {
  const times = [caseDueAt(cases, rules.cases), surveyDueAt(surveys)].filter((time) => time !== null);
  return times.length === 0 ? null : Math.min(...times);
}

function hear(before: SurveyBook, record: CustomerRecord, rules: ServiceRules): SurveyBook {
  const optedOut = readOptOut(record);
  const book = optedOut === null || optedOut === before.optedOut ? before : { ...before, optedOut };
  if (record.historical) return book;
  const { occurredAt: at } = record;
  if (record.type === 'order.placed')
    return callForSurveys(book, { on: 'period', cause: `since:${at}`, at }, rules.surveys);
  if (record.type !== 'order.fulfilled') return book;
  const order = attributeOf(record, 'orderId') ?? record.eventId;
  return callForSurveys(book, { on: 'order-fulfilled', cause: `order:${String(order)}`, at }, rules.surveys);
}

function answer(told: ServiceResult, record: CustomerRecord, rules: ServiceRules): ServiceResult {
  const read = readAnswer(record);
  if (read === null) return told;
  const { book: surveys, isNew } = takeAnswer(told.surveys, read, record.occurredAt);
  if (!isNew || record.historical || !needsCallBack(read, rules.surveys.low)) return { ...told, surveys };
  const { tenant, surrogate, eventId, occurredAt: at } = record;
  const cause = read.surveyId ?? eventId;
  const hash = rules.surveys.digest.sha256Hex(JSON.stringify([tenant, surrogate, 'answer', cause])).slice(0, 24);
  const kind = { nature: natureOf(read), weight: rules.surveys.lowWeight, isComplaint: false };
  const opened = openCase(told.cases, { caseId: `survey-${hash}`, at, channel: 'survey', ...kind }, rules.cases);
  // The same answer told twice has its case already.
  const fault = opened.fault === 'case-exists' ? null : opened.fault;
  return { ...told, surveys, cases: opened.book, moments: [...told.moments, ...opened.moments], fault };
}

/** By what was rated worst: the product and its price, what comes after the purchase, or the service. */
function natureOf({ dimensions }: SurveyAnswer): CaseNature {
  const [first, ...others] = dimensions;
  if (first === undefined) return 'service';
  const worst = others.reduce((one, other) => (other.score < one.score ? other : one), first);
  if (worst.dimension === 'after-sales') return 'after-sales';
  return worst.dimension === 'product-quality' || worst.dimension === 'price' ? 'product' : 'service';
}

/** What cases call for is asked, and what is due by then. */
function finish(
  result: ServiceResult,
  at: EpochMs,
  { customer, rules }: { readonly customer: ServiceCustomer; readonly rules: ServiceRules },
): ServiceResult {
  let { surveys } = result;
  for (const { kind, caseId, reopenings, at: since } of result.moments) {
    if (kind !== 'followed-up') continue;
    const cause = `case:${caseId}:${reopenings}`;
    surveys = callForSurveys(surveys, { on: 'case-followed-up', cause, at: since }, rules.surveys);
  }
  const whole = {
    tenant: customer.tenant,
    surrogate: customer.surrogate,
    hasOpenComplaint: openComplaint(result.cases),
  };
  const { book, asks } = askDueSurveys(surveys, at, rules.surveys, whole);
  return { ...result, surveys: book, asks };
}
