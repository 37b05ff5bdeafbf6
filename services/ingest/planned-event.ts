import type { EventType } from '../core/events/event-types.ts';
import type { FoundProperty } from '../core/plan/find-properties.ts';
import type { ClientEvent } from './client-event.ts';

/** An event in the words of the vocabulary: what the tracking plan made of what the client said. */
export interface PlannedEvent extends Omit<ClientEvent, 'type'> {
  readonly type: EventType;
  /** The sender's own name of a `custom` event; null for all others. */
  readonly name: string | null;
  /** Whether the plan knows the event's name. */
  readonly isMapped: boolean;
  /** Under the plan's names; without the money, unless there is none. */
  readonly properties: ClientEvent['properties'];
  /** Where the plan found the amount, with its value; null where the event has none. */
  readonly amount: FoundProperty | null;
  readonly currency: FoundProperty | null;
  readonly planVersion: string;
}
