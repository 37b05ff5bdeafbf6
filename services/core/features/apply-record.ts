import { EngineError } from '../errors.ts';
import type { CustomerRecord } from '../events/customer-record.ts';
import { admitRecord } from './admit-record.ts';
import type { ApplyContext } from './apply-context.ts';
import { applyResults, type ApplyResult } from './apply-result.ts';
import { applyRetraction } from './apply-retraction.ts';
import type { CustomerState, Mark } from './customer-state.ts';
import { eventDay } from './event-day.ts';
import { foldEvent } from './fold-event.ts';
import { isBeyondHorizon } from './horizon.ts';
import { moveAsOf } from './move-as-of.ts';
import { ownBlock } from './own-block.ts';
import { featureReading } from './reads-features.ts';
import { hasRecent, pushRecent, recentHash } from './recent-ring.ts';

/**
 * Applies one event, or the retraction of one, to a customer, in place, exactly once. The version counts the records
 * that moved the mark, so it grows with every change that has to be written. Days closed before this record must have
 * been applied (`closeDay`).
 * @param at where the record stands in the log
 */
export function applyRecord(
  state: CustomerState,
  record: CustomerRecord,
  at: Mark,
  context: ApplyContext,
): ApplyResult {
  if (record.kind === 'event-retracted') return applyRetraction(state, record, at, context);
  if (record.kind !== 'event') throw kindNotServed(record, at);
  if (featureReading(record) === null) return applyResults.notRead;
  if (!admitRecord(state, at)) return applyResults.alreadyApplied;

  if (state.erased || state.withheld) return applyResults.withheld;
  const block = ownBlock(state);
  const hash = recentHash(context.digest, record.source, record.eventId);
  if (hasRecent(block.ring, hash)) return applyResults.duplicate;
  const day = eventDay(record, context.calendar);
  const isBeyond = isBeyondHorizon(day, block.asOf);
  if (isBeyond && !record.historical) return applyResults.tooLate;

  const isLate = day + 1 < block.asOf || day <= state.closedDay;
  pushRecent(block.ring, hash);
  moveAsOf(block, day + 1);
  foldEvent(block.features, record, day, block.asOf);
  if (isBeyond) return applyResults.appliedToLifetime;
  return isLate ? applyResults.appliedLate : applyResults.applied;
}

function kindNotServed(record: CustomerRecord, at: Mark): EngineError {
  const message = `A record of kind "${record.kind}" cannot be folded as a customer's event; handle it before folding.`;
  return new EngineError('ERR_KIND_NOT_SERVED', message, { retryable: false, context: { ...at } });
}
