import { observedShare, type ObservedShare } from './observed-share.ts';
import type { TaskLabel } from './task-label.ts';

/** How often one reason was predicted first while another one, or the same, was confirmed. */
export interface ReasonPair {
  readonly predicted: string;
  readonly confirmed: string;
  readonly tasks: number;
}

/** Predicted beside confirmed reasons. */
export interface ReasonComparison {
  /** Tasks that somebody closed with an outcome; ghost tasks never are. */
  readonly closed: number;
  /** Of those, without a reason named. */
  readonly withoutConfirmed: ObservedShare | null;
  /** Tasks with reasons of both kinds: what the rest is about. */
  readonly compared: number;
  /** The confirmed reason is the strongest predicted one. */
  readonly first: ObservedShare | null;
  /** It is among the three strongest. */
  readonly amongThree: ObservedShare | null;
  /** What naming the commonest confirmed reason each time would reach: what a prediction must beat. */
  readonly commonest: ({ readonly code: string } & ObservedShare) | null;
  /** Pairs that occur, by predicted and then confirmed code. */
  readonly confusion: readonly ReasonPair[];
}

/** Ends that the engine writes down by itself: nobody was there to name a reason. */
const endsByItself: ReadonlySet<string> = new Set(['completed', 'no-result', 'purchased', 'stopped']);

/** Compares each task by itself; the intervals take tasks as independent, also those of one customer. */
export function compareReasons(labels: Iterable<TaskLabel>): ReasonComparison {
  const pairs = new Map<string, number>();
  const confirmedCounts = new Map<string, number>();
  const counts = { closed: 0, unconfirmed: 0, compared: 0, first: 0, amongThree: 0 };
  for (const { arm, outcome, predicted } of labels) {
    if (arm === 'holdout' || outcome === null || endsByItself.has(outcome.result)) continue;
    counts.closed += 1;
    const { reason } = outcome;
    if (reason === null) counts.unconfirmed += 1;
    if (reason === null || predicted.length === 0) continue;
    counts.compared += 1;
    if (predicted[0] === reason) counts.first += 1;
    if (predicted.slice(0, 3).includes(reason)) counts.amongThree += 1;
    countIn(pairs, JSON.stringify([predicted[0], reason]));
    countIn(confirmedCounts, reason);
  }
  const { closed, unconfirmed, compared, first, amongThree } = counts;
  return {
    closed,
    withoutConfirmed: observedShare(unconfirmed, closed),
    compared,
    first: observedShare(first, compared),
    amongThree: observedShare(amongThree, compared),
    commonest: commonestOf(confirmedCounts, compared),
    confusion: [...pairs].sort().map(([key, tasks]) => {
      const [predicted, confirmed] = JSON.parse(key) as [string, string];
      return { predicted, confirmed, tasks };
    }),
  };
}

function countIn(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function commonestOf(counts: ReadonlyMap<string, number>, of: number): ReasonComparison['commonest'] {
  const [commonest] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  if (commonest === undefined) return null;
  const [code, count] = commonest;
  const share = observedShare(count, of);
  return share && { code, ...share };
}
