import type { ImportEvent } from './make-event.ts';

/** The request that carries events to ingest: the one place that knows in which protocol they are sent. */
export function toRequest(events: readonly ImportEvent[], importId: string): { path: string; body: string } {
  return { path: '/v1/batch', body: JSON.stringify({ batch: events.map((event) => toMessage(event, importId)) }) };
}

function toMessage(event: ImportEvent, importId: string): object {
  return {
    type: 'track',
    messageId: event.eventId,
    userId: event.userId ?? undefined,
    anonymousId: event.anonymousId ?? undefined,
    event: event.type,
    timestamp: event.time,
    properties: event.properties,
    context: {
      traits: event.traits,
      channel: event.channel ?? undefined,
      tidewatch: { historical: true, importId },
    },
  };
}
