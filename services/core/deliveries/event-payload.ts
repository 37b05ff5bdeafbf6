import type { EpochMs } from '../units.ts';

/** What can become of a message, as the names of the events that go back to ingest. */
export const contactEventTypes = ['contact.sent', 'contact.delivered', 'contact.opened', 'contact.clicked'] as const;

export type ContactEventType = (typeof contactEventTypes)[number];

/** An event that goes back to ingest; its id is that of the delivery. */
export interface EventPayload {
  readonly type: ContactEventType;
  readonly contactId: string;
  readonly at: EpochMs;
  /** Which link was followed; null for all but `contact.clicked`. */
  readonly link: string | null;
}
