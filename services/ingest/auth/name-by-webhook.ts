import type { ClientEvent } from '../client-event.ts';

/** Events without an id of their own get the id of the webhook that brought them, so that a replay is a duplicate. */
export function nameByWebhook(events: readonly ClientEvent[], webhookId: string): readonly ClientEvent[] {
  return events.map((event, index) => {
    if (event.clientEventId !== undefined && event.clientEventId !== null) return event;
    return { ...event, clientEventId: events.length === 1 ? webhookId : `${webhookId}#${index}` };
  });
}
