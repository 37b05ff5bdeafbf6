import type { RetentionCommand } from '../commands/retention-command.ts';
import type { CustomerRecord } from '../events/customer-record.ts';
import type { Score } from '../scoring/score.ts';
import type { SegmentChanges } from '../segments/segment-changes.ts';
import type { EpochMs } from '../units.ts';

/** Where a record stood, so that one that comes again is known. */
export interface LogPlace {
  /** Which log it is; another one after its topic was created again. Null where it cannot be known. */
  readonly logId: string | null;
  readonly offset: number;
}

/** What can change a customer's tasks, each from a log of its own but for the time. */
export type TaskInput =
  | { readonly kind: 'score'; readonly score: Score }
  | { readonly kind: 'event'; readonly event: CustomerRecord; readonly place: LogPlace }
  | { readonly kind: 'segments'; readonly segments: SegmentChanges; readonly place: LogPlace }
  | { readonly kind: 'command'; readonly command: RetentionCommand; readonly place: LogPlace }
  /** Nothing came, but it is `at` now: what was due until then happens. */
  | { readonly kind: 'time'; readonly at: EpochMs };
