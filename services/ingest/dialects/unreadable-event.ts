import type { ClientEvent } from '../client-event.ts';

const blank = {
  clientEventId: undefined,
  type: null,
  name: null,
  userId: undefined,
  anonymousId: undefined,
  time: undefined,
  properties: {},
  traits: {},
  channelHints: [],
  historical: undefined,
  importId: undefined,
  content: {},
} as const;

/** What cannot be read as an event of a dialect, and why; `fault` shows nothing of its content. */
export function unreadableEvent(fault: string, clientEventId?: unknown): ClientEvent {
  return { ...blank, clientEventId, fault };
}
