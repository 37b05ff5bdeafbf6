import type { JsonObject } from '../../json-object.ts';
import { withoutMembers } from '../without-members.ts';

/** Fields that the transport writes: they may differ between two deliveries of one message. */
const transportFields: ReadonlySet<string> = new Set([
  'context', 'integrations', 'receivedAt', 'sentAt', 'type', 'version', 'writeKey', '_metadata',
]); // prettier-ignore

const transportContext: ReadonlySet<string> = new Set(['ip', 'library', 'network', 'userAgent']);

const isTransportField = (name: string): boolean => transportFields.has(name);
const isTransportContext = (name: string): boolean => transportContext.has(name);

/** What the client itself said, without what differs between two honest deliveries of it. */
export function pickContent(message: JsonObject, call: unknown, context: JsonObject): JsonObject {
  const said = withoutMembers(message, isTransportField);
  return { ...said, type: call ?? null, context: withoutMembers(context, isTransportContext) };
}
