import type { EpochMs, Surrogate } from '../units.ts';
import { refuseSurvey } from './may-ask.ts';
import type { SurveyAsk } from './survey-ask.ts';
import {
  type AskedSurvey,
  findAsked,
  keptAsked,
  keptWaiting,
  type SurveyBook,
  type WaitingSurvey,
} from './survey-book.ts';
import type { SurveyPlan, SurveyRules } from './survey-rules.ts';

/** Whom a book is of, and what else decides whether they may be asked. */
export interface SurveyCustomer {
  readonly tenant: string;
  readonly surrogate: Surrogate;
  readonly hasOpenComplaint: boolean;
}

export interface SurveyResult {
  readonly book: SurveyBook;
  readonly asks: readonly SurveyAsk[];
}

/** Something happened that surveys are about: those of `on` wait until their time has come. */
export function callForSurveys(
  book: SurveyBook,
  { on, cause, at }: { readonly on: SurveyPlan['on']; readonly cause: string; readonly at: EpochMs },
  { plans }: SurveyRules,
): SurveyBook {
  const called = plans.filter((plan) => plan.on === on && !isWaiting(book, plan, cause));
  if (called.length === 0) return book;
  const waiting = called.map(({ survey, afterMs }) => ({ survey, cause, dueAt: at + afterMs }));
  return { ...book, waiting: [...book.waiting, ...waiting].toSorted(byTime).slice(0, keptWaiting) };
}

/** A period runs once, whatever began it; the next purchase after its end begins another. */
function isWaiting({ waiting }: SurveyBook, { survey, on }: SurveyPlan, cause: string): boolean {
  return waiting.some((each) => each.survey === survey && (on === 'period' || each.cause === cause));
}

/**
 * Asks what is due by `at`, each thing at its own time. Whoever was asked lately is not asked about a case or an order any
 * more, about a period once the limit has passed; whoever complains, or does not want to be asked, is not asked at all.
 */
export function askDueSurveys(
  before: SurveyBook,
  at: EpochMs,
  rules: SurveyRules,
  customer: SurveyCustomer,
): SurveyResult {
  let book = before;
  const asks: SurveyAsk[] = [];
  for (let next = book.waiting[0]; next !== undefined && next.dueAt <= at; next = book.waiting[0]) {
    const result = takeWaiting({ ...book, waiting: book.waiting.slice(1) }, next, rules, customer);
    book = result.book;
    asks.push(...result.asks);
  }
  return { book, asks };
}

/** When something becomes due if nothing happens; null for never. */
export function surveyDueAt({ waiting }: SurveyBook): EpochMs | null {
  return waiting[0]?.dueAt ?? null;
}

function takeWaiting(
  book: SurveyBook,
  waiting: WaitingSurvey,
  rules: SurveyRules,
  customer: SurveyCustomer,
): SurveyResult {
  const plan = rules.plans.find(({ survey }) => survey === waiting.survey);
  if (plan === undefined) return { book, asks: [] };
  const refusal = refuseSurvey({ ...book, ...customer }, { at: waiting.dueAt, fatigueMs: rules.fatigueMs });
  if (refusal === 'asked-lately' && plan.on === 'period' && book.lastAskedAt !== null) {
    const later = { ...waiting, dueAt: book.lastAskedAt + rules.fatigueMs };
    return { book: { ...book, waiting: [...book.waiting, later].toSorted(byTime) }, asks: [] };
  }
  return refusal === null ? ask(book, waiting, { plan, rules, customer }) : { book, asks: [] };
}

function ask(
  book: SurveyBook,
  { survey, cause, dueAt: at }: WaitingSurvey,
  { plan, rules, customer }: { plan: SurveyPlan; rules: SurveyRules; customer: SurveyCustomer },
): SurveyResult {
  const { tenant, surrogate } = customer;
  const askId = rules.digest.sha256Hex(JSON.stringify([tenant, surrogate, survey, cause])).slice(0, 32);
  if (findAsked(book, askId) !== null) return { book, asks: [] };
  const expiresAt = at + rules.validMs;
  const link = rules.linkOf({ tenant, surrogate, askId, survey, expiresAt });
  const { kind, channel, text } = plan;
  const [en, zhCN] = [text.en, text.zhCN].map((each) => each.replaceAll('{link}', link));
  const asked: AskedSurvey = { askId, survey, kind, askedAt: at, expiresAt, answeredAt: null, score: null };
  return {
    book: { ...book, lastAskedAt: at, asked: [...book.asked, asked].slice(-keptAsked) },
    asks: [{ askId, survey, kind, channel, en, zhCN, at, expiresAt }],
  };
}

function byTime(one: WaitingSurvey, other: WaitingSurvey): number {
  return one.dueAt - other.dueAt;
}
