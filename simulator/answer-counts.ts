/** What ingest can decide about one event. */
export const answerResults = ['accepted', 'duplicate', 'rejected', 'suppressed', 'conflict'] as const;

export type AnswerResult = (typeof answerResults)[number];

/** Deliveries by their answer; `sent` is their sum, so deliveries that never got an answer are not in it. */
export type AnswerCounts = Readonly<Record<'sent' | AnswerResult, number>> & {
  /** Deliveries given up without any answer. */
  readonly unanswered: number;
};

export const noAnswers: AnswerCounts = {
  sent: 0,
  accepted: 0,
  duplicate: 0,
  rejected: 0,
  suppressed: 0,
  conflict: 0,
  unanswered: 0,
};

/** Whether `word` is a result that ingest answers. */
export function isAnswerResult(word: unknown): word is AnswerResult {
  return answerResults.includes(word as AnswerResult);
}
