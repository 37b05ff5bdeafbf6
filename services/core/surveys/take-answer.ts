import type { EpochMs } from '../units.ts';
import type { SurveyAnswer } from './read-answer.ts';
import { findAsked, type SurveyBook } from './survey-book.ts';

/** Notes the answer to a survey. `isNew` is false for a second answer to the same one: it counts for nothing. */
export function takeAnswer(
  book: SurveyBook,
  { surveyId, score }: SurveyAnswer,
  at: EpochMs,
): { readonly book: SurveyBook; readonly isNew: boolean } {
  const asked = surveyId === null ? null : findAsked(book, surveyId);
  if (asked === null) return { book, isNew: true };
  if (asked.answeredAt !== null) return { book, isNew: false };
  const answered = { ...asked, answeredAt: at, score };
  return { book: { ...book, asked: book.asked.map((each) => (each === asked ? answered : each)) }, isNew: true };
}
