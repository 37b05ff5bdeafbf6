import type { JsonObject } from '../../json-object.ts';

/** Fields that the transport writes: they may differ between two deliveries of one message. */
const transportFields: ReadonlySet<string> = new Set([
  'context', 'integrations', 'receivedAt', 'sentAt', 'type', 'version', 'writeKey', '_metadata',
]); // prettier-ignore

const transportContext: ReadonlySet<string> = new Set(['ip', 'library', 'network', 'userAgent']);

/** What the client itself said, without what differs between two honest deliveries of it. */
export function pickContent(message: JsonObject, call: unknown, context: JsonObject): JsonObject {
  return { ...without(message, transportFields), type: call ?? null, context: without(context, transportContext) };
}

function without(object: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.has(name)));
}
