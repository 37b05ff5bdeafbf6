import { isAnswerResult, noAnswers, type AnswerCounts, type AnswerResult } from './answer-counts.ts';

/** Keeps the client's own books of what ingest answered; the other side of the books is the topic. */
export interface AnswerLedger {
  /** A request with these messages got no readable answer: its events may or may not have been accepted. */
  noteLost(messageIds: readonly string[]): void;
  /** A 2xx answer. `results` is its `results` object; a message that it does not name counts as unanswered. */
  noteAnswer(messageIds: readonly string[], results: Readonly<Record<string, unknown>>): void;
  /** These messages will not be tried again. */
  noteGivenUp(messageIds: readonly string[]): void;
  counts(): AnswerCounts;
  /** Messages that were given up and never answered: nobody knows whether they are on the topic. */
  openMessageIds(): readonly string[];
}

/** Ids accepted before are remembered this long; older repeats of a lost answer would count as duplicates. */
const rememberedIds = 200_000;

/**
 * When an answer is lost and the repeat is called a duplicate, the lost attempt was the accepted one: it is counted as
 * accepted, unless another delivery of the same message is known to have been.
 */
export function createAnswerLedger(): AnswerLedger {
  const counts: Record<keyof AnswerCounts, number> = { ...noAnswers };
  const lost = new Set<string>();
  const open = new Set<string>();
  const accepted = new Set<string>();
  const settle = (messageId: string, result: AnswerResult): AnswerResult => {
    const wasLost = lost.delete(messageId);
    open.delete(messageId);
    const settled = result === 'duplicate' && wasLost && !accepted.has(messageId) ? 'accepted' : result;
    if (settled === 'accepted') remember(accepted, messageId);
    return settled;
  };
  const giveUp = (messageId: string): void => {
    counts.unanswered += 1;
    if (!accepted.has(messageId)) open.add(messageId);
  };
  return {
    noteLost: (messageIds) => {
      for (const messageId of messageIds) lost.add(messageId);
    },
    noteAnswer: (messageIds, results) => {
      for (const messageId of messageIds) {
        const result = resultOf(results[messageId]);
        if (result === null) {
          giveUp(messageId);
          continue;
        }
        counts[settle(messageId, result)] += 1;
        counts.sent += 1;
      }
    },
    noteGivenUp: (messageIds) => messageIds.forEach(giveUp),
    counts: () => ({ ...counts }),
    openMessageIds: () => [...open],
  };
}

function remember(accepted: Set<string>, messageId: string): void {
  accepted.add(messageId);
  if (accepted.size > rememberedIds) accepted.delete(accepted.values().next().value!);
}

function resultOf(entry: unknown): AnswerResult | null {
  if (typeof entry !== 'object' || entry === null) return null;
  const { result } = entry as { result?: unknown };
  return isAnswerResult(result) ? result : null;
}
