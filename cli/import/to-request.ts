import type { ImportEvent } from './make-event.ts';

/** The request that carries events to ingest: the one place that knows in which protocol they are sent. */
export function toRequest(events: readonly ImportEvent[], importId: string): { path: string; body: string } {
  return { path: '/v1/events', body: JSON.stringify({ historical: true, importId, events: events.map(toPlainEvent) }) };
}

function toPlainEvent(event: ImportEvent): object {
  return {
    id: event.eventId,
    type: event.type,
    time: event.time,
    userId: event.userId ?? undefined,
    anonymousId: event.anonymousId ?? undefined,
    channel: event.channel ?? undefined,
    ...(event.amount === null ? {} : { amount: event.amount, currency: event.currency }),
    properties: event.properties,
    traits: event.traits,
  };
}
