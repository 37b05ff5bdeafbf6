import type { EpochDay, EpochMs } from '../units.ts';
import type { CustomerRecord } from './customer-record.ts';

/**
 * What remains of a customer's days once an event is taken back, told by whoever has read the log: beyond the horizon
 * the state itself does not know any more which events a day was made of.
 */
export interface Remainder {
  /** Another purchase remains on the day of the event that is taken back. */
  readonly purchaseDayHeld: boolean;
  /** First day of the events that remain; null when none does. */
  readonly firstDay: EpochDay | null;
}

export interface RetractionContent {
  /** The event that is taken back. */
  readonly original: CustomerRecord;
  readonly remainder: Remainder;
  /** Whether the score that follows opens no tasks. */
  readonly historical: boolean;
  readonly at: EpochMs;
}

const names = { held: 'remainder.purchaseDayHeld', firstDay: 'remainder.firstDay' } as const;

/**
 * The record that takes one event of a customer back; its id is the same whoever asks for it. Publish it under the
 * customer's key, on the key's partition. What remains stands in its attributes.
 */
export function retractionRecord({ original, remainder, historical, at }: RetractionContent): CustomerRecord {
  return {
    ...original,
    kind: 'event-retracted',
    eventId: `retracted:${original.eventId}`,
    type: '',
    name: null,
    identities: [],
    occurredAt: at,
    receivedAt: at,
    amountMinor: null,
    currency: null,
    reportingAmountMinor: null,
    rateVersion: null,
    attributes: [
      { name: names.firstDay, value: remainder.firstDay },
      { name: names.held, value: remainder.purchaseDayHeld },
    ],
    envelope: null,
    contentHash: '',
    historical,
    retracted: original,
  };
}

/** What a retraction says of the days that remain; null when it says nothing. */
export function readRemainder({ attributes }: CustomerRecord): Remainder | null {
  const held = attributes.find(({ name }) => name === names.held)?.value;
  const firstDay = attributes.find(({ name }) => name === names.firstDay)?.value;
  if (typeof held !== 'boolean' || (firstDay !== null && !Number.isSafeInteger(firstDay))) return null;
  return { purchaseDayHeld: held, firstDay: firstDay as EpochDay | null };
}
