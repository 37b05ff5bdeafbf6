import type { CustomerRecord } from '../events/customer-record.ts';
import { readRemainder } from '../events/retraction-record.ts';
import { admitRecord } from './admit-record.ts';
import type { ApplyContext } from './apply-context.ts';
import { applyResults, type ApplyResult } from './apply-result.ts';
import type { CustomerState, Mark } from './customer-state.ts';
import { eventDay } from './event-day.ts';
import { isBeyondHorizon } from './horizon.ts';
import { ownBlock } from './own-block.ts';
import { featureReading } from './reads-features.ts';
import { hasRecent, pushRecent, recentHash } from './recent-ring.ts';
import { unfoldEvent } from './unfold-event.ts';
import { unfoldLifetime } from './unfold-lifetime.ts';

/**
 * Takes one event back out of a customer's features, in place, exactly once: the state then holds what it would hold
 * had the event never come, but for `asOf`, which never goes back; another retraction of it is a duplicate. Inside the
 * horizon the day of the event still has a tile that tells what remains. Beyond it the record itself must say what
 * remains (`retraction-record.ts`), which whoever read the log knows; one that does not is `too-late`. A retraction of an event
 * that was never folded is `unmatched`.
 * The event's own id stays in the ring, so that a repetition of it does not count after all.
 */
export function applyRetraction(
  state: CustomerState,
  record: CustomerRecord,
  at: Mark,
  { calendar, digest }: ApplyContext,
): ApplyResult {
  const original = record.retracted;
  if (original === null || featureReading(original) === null) return applyResults.notRead;
  if (!admitRecord(state, at)) return applyResults.alreadyApplied;

  if (state.erased || state.withheld) return applyResults.withheld;
  const block = ownBlock(state);
  // Under the id of what it takes back: two retractions of one event are one.
  const hash = recentHash(digest, original.source, `retracted ${original.eventId}`);
  if (hasRecent(block.ring, hash)) return applyResults.duplicate;
  const day = eventDay(original, calendar);
  if (isBeyondHorizon(day, block.asOf)) {
    const remainder = readRemainder(record);
    if (remainder === null) return applyResults.tooLate;
    if (!unfoldLifetime(block.features, original, day, remainder)) return applyResults.unmatched;
  } else if (!unfoldEvent(block.features, original, day, block.asOf)) return applyResults.unmatched;
  pushRecent(block.ring, hash);
  return applyResults.appliedLate;
}
