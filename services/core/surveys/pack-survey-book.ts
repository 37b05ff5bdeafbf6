import type { AskedSurvey, SurveyBook, WaitingSurvey } from './survey-book.ts';

type Packed = readonly unknown[];

/** The book as arrays in a fixed order, for JSON. Equal books give equal bytes. */
export function packSurveyBook({ optedOut, lastAskedAt, asked, waiting }: SurveyBook): Packed {
  return [optedOut, lastAskedAt, asked.map(packAsked), waiting.map(packWaiting)];
}

/** Reads what `packSurveyBook` made. */
export function unpackSurveyBook(packed: Packed): SurveyBook {
  const [optedOut, lastAskedAt, asked, waiting] = packed as [boolean, number | null, Packed[], Packed[]];
  return { optedOut, lastAskedAt, asked: asked.map(unpackAsked), waiting: waiting.map(unpackWaiting) };
}

function packAsked({ askId, survey, kind, askedAt, expiresAt, answeredAt, score }: AskedSurvey): Packed {
  return [askId, survey, kind, askedAt, expiresAt, answeredAt, score];
}

function unpackAsked(packed: Packed): AskedSurvey {
  const [askId, survey, kind, askedAt, expiresAt, answeredAt, score] = packed as never[];
  return { askId, survey, kind, askedAt, expiresAt, answeredAt, score };
}

function packWaiting({ survey, cause, dueAt }: WaitingSurvey): Packed {
  return [survey, cause, dueAt];
}

function unpackWaiting(packed: Packed): WaitingSurvey {
  const [survey, cause, dueAt] = packed as [string, string, number];
  return { survey, cause, dueAt };
}
