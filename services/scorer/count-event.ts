import type { CustomerRecord } from '../core/events/customer-record.ts';
import { readRemainder } from '../core/events/retraction-record.ts';
import type { ApplyContext } from '../core/features/apply-context.ts';
import type { Mark } from '../core/features/customer-state.ts';
import { eventDay } from '../core/features/event-day.ts';
import { isBeyondHorizon } from '../core/features/horizon.ts';
import { ownBlock } from '../core/features/own-block.ts';
import { newestRecent, recentHash } from '../core/features/recent-ring.ts';
import type { CountedEvent } from '../core/kpis/compose-event-fact.ts';
import { countedAs } from '../core/kpis/counted-types.ts';
import { eventFactId } from '../core/kpis/event-fact-id.ts';
import { ownActsOn } from '../core/kpis/own-acts.ts';
import { isAboveMark } from './is-above-mark.ts';
import type { CustomerEntry, ScorerContext } from './scorer-context.ts';

/** A customer's record, and where it stands in the log. */
export interface PlacedRecord extends ApplyContext {
  readonly record: CustomerRecord;
  readonly at: Mark;
}

/**
 * What KPIs count of a record that was just folded into the customer's features, or has just been taken out of them;
 * null where that is nothing. Of the acts that only make a day an active one, the first that the features hold counts,
 * and the last that leaves them is taken back: so the facts of a day add up to one while it holds any.
 */
export function countFolded(
  { state }: CustomerEntry,
  { record, at, calendar, digest }: PlacedRecord,
): CountedEvent | null {
  const event = record.retracted ?? record;
  const as = countedAs(event.type);
  if (as === null) return null;
  const isTakenBack = record.retracted !== null;
  const { features, ring } = ownBlock(state);
  if (as === 'first-of-day') {
    const acts = ownActsOn(features, eventDay(event, calendar));
    if (acts > (isTakenBack ? 0 : 1)) return null;
  }
  // The ring holds the hash of what was folded, but of a retraction one of its own.
  const hash = isTakenBack ? recentHash(digest, event.source, event.eventId) : newestRecent(ring);
  return toCounted(event, hash, { at, sign: isTakenBack ? -1 : 1 });
}

/**
 * What KPIs count of a record that no feature reads, decided by the state as it is there; null where that is nothing.
 * Neither ring nor features hold such events, so repetitions are told by whoever counts. A view of a page counts where
 * the features hold no other act of its day, and is not taken back: nothing says whether it was counted.
 */
export function countUnread(
  { control }: Pick<ScorerContext, 'control'>,
  { state }: CustomerEntry,
  { record, at, calendar, digest }: PlacedRecord,
): CountedEvent | null {
  const event = record.retracted ?? record;
  const as = countedAs(event.type);
  if (as === null || state.erased || state.withheld) return null;
  // The state has gone on: this was counted when it had not, and what it says now is of another time.
  if (!isAboveMark(state, at)) return null;
  const { features, asOf } = ownBlock(state);
  const day = eventDay(event, calendar);
  const closedDay = control.closedDays.get(record.tenant) ?? 0;
  const isTakenBack = record.retracted !== null;
  // As if the closed days had been applied, which they are only before a record that features read.
  if (isBeyondHorizon(day, Math.max(asOf, closedDay + 1))) {
    if (isTakenBack ? readRemainder(record) === null : !record.historical) return null;
  }
  if (as === 'first-of-day' && (isTakenBack || ownActsOn(features, day) > 0)) return null;
  return toCounted(event, recentHash(digest, event.source, event.eventId), { at, sign: isTakenBack ? -1 : 1 });
}

function toCounted(
  event: CustomerRecord,
  hash: number,
  { at, sign }: { readonly at: Mark; readonly sign: 1 | -1 },
): CountedEvent {
  return { event, factId: eventFactId(event.surrogate, hash), sign, epoch: at.epoch, sequence: at.offset };
}
