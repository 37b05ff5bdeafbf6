import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { noAnswers, type AnswerCounts } from '../../../simulator/answer-counts.ts';

/** Where this run's events come from: the demo business, real orders, or nobody of ours. */
export interface EventFeed {
  readonly kind: 'demo' | 'replay' | 'own';
  /** Resolves when there is nothing more to send; never where the feed has no end. Rejects when the feed broke. */
  readonly finished: Promise<void>;
  /** What ingest answered to this feed so far. */
  counts(): AnswerCounts;
  /** Whether this feed sent the event. */
  isOwn(record: CustomerRecord): boolean;
  /** Whether this feed gave the event up without an answer, so that it is in no book. */
  isOpen(record: CustomerRecord): boolean;
  /** One word or two on what it is doing, for the live line. */
  phase(): string;
  pid(): number | null;
  /** Sends what is under way and ends; `counts` is final afterwards. */
  stop(): Promise<void>;
}

/** No events of ours: whoever has a write key sends. */
export function createNoFeed(): EventFeed {
  return {
    kind: 'own',
    finished: new Promise(() => undefined),
    counts: () => noAnswers,
    isOwn: () => false,
    isOpen: () => false,
    phase: () => 'waiting for events',
    pid: () => null,
    stop: () => Promise.resolve(),
  };
}
