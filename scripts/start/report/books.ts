import type { AnswerCounts } from '../../../simulator/answer-counts.ts';
import type { TopicCounts } from './topic-tally.ts';

export interface ColumnCheck {
  readonly maxDiff: number;
  /** Customers whose value is outside the tolerance. */
  readonly differing: number;
}

/** What report.json holds. */
export interface Report {
  readonly sent: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly suppressed: number;
  readonly conflict: number;
  readonly onTopic: number;
  readonly scored: number;
  readonly customers: number;
  readonly tasks: number;
  readonly features: Readonly<Record<string, ColumnCheck>> | null;
}

/** One line of the books: two numbers that have to be equal. */
export interface BookLine {
  readonly what: string;
  readonly left: number;
  readonly right: number;
}

export interface BookInputs {
  /** What this run's own client was answered; all 0 without one. */
  readonly own: AnswerCounts;
  /** What ingest says it answered, to everybody; null when it cannot be asked. */
  readonly ingest: AnswerCounts | null;
  readonly topic: TopicCounts;
  readonly tasks: number;
  readonly features: Report['features'];
}

/**
 * The report. Its client side is what our own client was answered. Events of other clients are taken in so that the
 * sums hold for the whole topic: as accepted, those found on the topic; as refused, what ingest counted beyond ours.
 */
export function makeReport({ own, ingest, topic, tasks, features }: BookInputs): Report {
  const others = (result: 'duplicate' | 'rejected' | 'suppressed' | 'conflict'): number =>
    Math.max(0, (ingest?.[result] ?? 0) - own[result]);
  const accepted = own.accepted + topic.onTopic - topic.ownOnTopic;
  const duplicate = own.duplicate + others('duplicate');
  const rejected = own.rejected + others('rejected');
  const suppressed = own.suppressed + others('suppressed');
  const conflict = own.conflict + others('conflict');
  return {
    sent: own.sent + (accepted - own.accepted) + (duplicate + rejected + suppressed + conflict) - refusedOf(own),
    accepted,
    duplicate,
    rejected,
    suppressed,
    conflict,
    onTopic: topic.onTopic,
    scored: topic.scored,
    customers: topic.customers,
    tasks,
    features,
  };
}

/** The lines that have to balance; those that do not are what went wrong. */
export function bookLines(report: Report, topic: TopicCounts): readonly BookLine[] {
  const answered = report.accepted + report.duplicate + report.rejected + report.suppressed + report.conflict;
  return [
    { what: 'sent = accepted + duplicate + rejected + suppressed + conflict', left: report.sent, right: answered },
    { what: 'accepted = on the topic', left: report.accepted, right: report.onTopic },
    { what: 'events that a feature reads = scored', left: topic.readByFeatures, right: report.scored },
  ];
}

/** Whether every line of the books balances and every checked feature fits. */
export function isBalanced(lines: readonly BookLine[], features: Report['features']): boolean {
  const columns = Object.values(features ?? {});
  return lines.every((line) => line.left === line.right) && columns.every((column) => column.differing === 0);
}

function refusedOf(counts: AnswerCounts): number {
  return counts.duplicate + counts.rejected + counts.suppressed + counts.conflict;
}
