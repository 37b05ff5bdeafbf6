import type { EpochMs } from '../units.ts';
import type { Delivery } from './delivery.ts';
import type { ContactEventType, EventPayload } from './event-payload.ts';

/** Who takes the events. */
export const ingestTarget = 'ingest';

/**
 * What became of a message, as an event that is owed to ingest: one per message and kind, so that a mail that is opened
 * ten times was opened.
 */
export function contactEvent(
  message: Pick<Delivery, 'id' | 'tenant' | 'subject'>,
  type: ContactEventType,
  at: EpochMs,
  link: string | null = null,
): Delivery {
  const payload: EventPayload = { type, contactId: message.id, at, link };
  return {
    id: `${message.id}.${type}`,
    tenant: message.tenant,
    kind: 'event',
    target: ingestTarget,
    subject: message.subject,
    createdAt: at,
    dueAt: at,
    payload: JSON.stringify(payload),
  };
}
