import type { EventType } from '../core/events/event-types.ts';
import type { JsonObject } from './json-object.ts';

/**
 * One event as a client sent it, in words that belong to no dialect. A dialect only moves fields to their place here:
 * what is `unknown` has not been looked at, and the steps decide what it is worth.
 */
export interface ClientEvent {
  readonly clientEventId: unknown;
  /** Why the dialect cannot read this as an event, without any of its content; null when it can. */
  readonly fault: string | null;
  /** The word of the vocabulary where the protocol itself says it (an identify call); null where the name says it. */
  readonly type: EventType | null;
  /** What the sender calls the event, as it said it; the tracking plan says what that means. */
  readonly name: string | null;
  readonly userId: unknown;
  readonly anonymousId: unknown;
  /** The client's statement of the event time; undefined or null when it makes none. */
  readonly time: unknown;
  /** Facts of the event: money, place and attributes are read from here. */
  readonly properties: JsonObject;
  /** Facts about the person: sealed, whatever they are. */
  readonly traits: JsonObject;
  /** Possible channels, the most reliable first; unknown words are skipped. */
  readonly channelHints: readonly unknown[];
  readonly historical: unknown;
  readonly importId: unknown;
  /** What the client itself said: equal on an honest retry. */
  readonly content: JsonObject;
}
