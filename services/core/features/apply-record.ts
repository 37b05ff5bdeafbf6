import { EngineError } from '../errors.ts';
import type { BusinessCalendar } from '../events/business-day.ts';
import type { CustomerRecord } from '../events/customer-record.ts';
import type { Digest } from '../ports/digest.ts';
import type { EpochDay } from '../units.ts';
import type { CustomerState, Mark } from './customer-state.ts';
import { foldCancellation } from './fold-cancellation.ts';
import { foldPurchase } from './fold-purchase.ts';
import { isBeyondHorizon } from './horizon.ts';
import { advanceMarks, positionAgainst } from './marks.ts';
import { moveAsOf } from './move-as-of.ts';
import { ownBlock } from './own-block.ts';
import { featureReading } from './reads-features.ts';
import { hasRecent, pushRecent, recentHash } from './recent-ring.ts';

/** What folding needs besides its arguments: the tenant's days and a hash function. */
export interface ApplyContext {
  readonly calendar: BusinessCalendar;
  readonly digest: Digest;
}

/**
 * - `applied`: folded into the features
 * - `already-applied`: at or below the mark; nothing changed
 * - `not-read`: no feature reads this event; nothing changed, nothing need be written
 * - `duplicate`: its source and event id are in the ring of recent ones; only mark and version moved
 * - `withheld`: the customer is erased or forbade profiling; only mark and version moved
 * - `too-late`: live and beyond the horizon; only mark and version moved; it belongs on the late topic
 */
export interface ApplyResult {
  readonly result: 'applied' | 'already-applied' | 'not-read' | 'duplicate' | 'withheld' | 'too-late';
  /** The event's day lay before the last day the features include. */
  readonly late: boolean;
  /** The event yields a score. False for a historical event beyond the horizon: it changes lifetime parts only. */
  readonly scored: boolean;
}

const unscored = { late: false, scored: false } as const;
const alreadyApplied: ApplyResult = { result: 'already-applied', ...unscored };
const notRead: ApplyResult = { result: 'not-read', ...unscored };
const duplicate: ApplyResult = { result: 'duplicate', ...unscored };
const withheld: ApplyResult = { result: 'withheld', ...unscored };
const tooLate: ApplyResult = { result: 'too-late', late: true, scored: false };
const appliedToLifetime: ApplyResult = { result: 'applied', late: true, scored: false };
const appliedLate: ApplyResult = { result: 'applied', late: true, scored: true };
const applied: ApplyResult = { result: 'applied', late: false, scored: true };

/**
 * Applies one event to a customer, in place, exactly once. The version counts the records that moved the mark, so it
 * grows with every change that has to be written. Days closed before this record must have been applied (`closeDay`).
 * A record of an epoch older than the marks is a fault: the log it comes from has been replaced.
 * @param at where the record stands in the log
 */
export function applyRecord(
  state: CustomerState,
  record: CustomerRecord,
  at: Mark,
  context: ApplyContext,
): ApplyResult {
  if (record.kind !== 'event') throw kindNotServed(record, at);
  const block = ownBlock(state);
  const position = positionAgainst(block.marks, at);
  if (position === 'older-epoch') throw olderEpoch(at);
  if (position === 'applied') return alreadyApplied;
  const reading = featureReading(record);
  if (reading === null) return notRead;

  block.marks = advanceMarks(block.marks, at);
  state.version += 1;
  if (state.erased || state.withheld) return withheld;
  const hash = recentHash(context.digest, record.source, record.eventId);
  if (hasRecent(block.ring, hash)) return duplicate;
  const day = eventDay(record, context.calendar);
  const isBeyond = isBeyondHorizon(day, block.asOf);
  if (isBeyond && !record.historical) return tooLate;

  const isLate = day + 1 < block.asOf;
  pushRecent(block.ring, hash);
  moveAsOf(block, day + 1);
  const fold = reading === 'purchase' ? foldPurchase : foldCancellation;
  fold(block.features, { day, amountMinor: Math.abs(record.reportingAmountMinor ?? 0) }, block.asOf);
  if (isBeyond) return appliedToLifetime;
  return isLate ? appliedLate : applied;
}

/**
 * A sender's clock that runs ahead cannot put an event after its receipt. Days before 1970 count as 1970-01-01, since
 * `asOf` 0 stands for "no event yet".
 */
function eventDay(record: CustomerRecord, calendar: BusinessCalendar): EpochDay {
  return Math.max(0, calendar.dayOf(Math.min(record.occurredAt, record.receivedAt)));
}

function kindNotServed(record: CustomerRecord, at: Mark): EngineError {
  const message = `A record of kind "${record.kind}" cannot be folded as a customer's event; handle it before folding.`;
  return new EngineError('ERR_KIND_NOT_SERVED', message, { retryable: false, context: { ...at } });
}

function olderEpoch(at: Mark): EngineError {
  const message =
    'A record belongs to an older epoch of the events topic than the stored state of its customer; ' +
    'point this process at the current topic, or rebuild the states under another key prefix.';
  return new EngineError('ERR_STATE_CONFLICT', message, { retryable: false, context: { ...at } });
}
