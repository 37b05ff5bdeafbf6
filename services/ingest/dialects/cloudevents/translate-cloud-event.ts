import type { ClientEvent } from '../../client-event.ts';
import { isJsonObject } from '../../json-object.ts';
import type { JsonObject } from '../../json-object.ts';
import { objectOrEmpty } from '../object-or-empty.ts';
import { parseInnerJson } from '../parse-inner-json.ts';
import { unreadableEvent } from '../unreadable-event.ts';
import { withoutMembers } from '../without-members.ts';
import { eventKey } from './event-key.ts';

const required = ['id', 'source', 'type', 'specversion'] as const;
const userNames = ['userId', 'user_id', 'userid', 'customerId', 'customer_id', 'customerid'];
const anonymousNames = ['anonymousId', 'anonymous_id', 'anonymousid'];
const personNames: ReadonlySet<string> = new Set([...userNames, ...anonymousNames, 'traits']);
/** `u1`, `user/u1`, `customers:u1`; the subject of a delivery (`orders/7`) is no customer. */
const customerSubject = /^(?:(?:users?|customers?)[/:])?([^/:]+)$/;

/** Puts the parts of one event, in its structured form, to their places; any JSON value is taken. */
export function translateCloudEvent(value: unknown): ClientEvent {
  if (!isJsonObject(value)) return unreadableEvent('the event is not a JSON object');
  const { id, source, type } = value;
  const key = typeof id === 'string' && typeof source === 'string' ? eventKey(source, id) : id;
  const fault = findFault(value);
  if (fault !== null) return unreadableEvent(fault, key);
  const data = readData(value);
  return {
    clientEventId: key,
    fault: null,
    type: null,
    name: String(type).trim(),
    ...readCustomer(value, data),
    time: value['time'],
    properties: withoutMembers(data, (name) => personNames.has(name)),
    traits: objectOrEmpty(data['traits']),
    channelHints: [value['channel'], data['channel']],
    historical: value['historical'] === true || value['historical'] === 'true',
    importId: value['importid'],
    content: withoutMembers(value, (name) => /^(?:traceparent|tracestate|sequence|importid|historical)$/.test(name)),
  };
}

function findFault(event: JsonObject): string | null {
  const missing = required.find((name) => typeof event[name] !== 'string' || event[name].trim() === '');
  if (missing !== undefined) return `the attribute "${missing}" is missing or no text; CloudEvents need it`;
  return String(event['specversion']).startsWith('1.') ? null : 'specversion is not served; send CloudEvents 1.0';
}

function readData(event: JsonObject): JsonObject {
  const data = event['data'] ?? readBytes(event);
  if (isJsonObject(data)) return data;
  // A text or a list: a fact without names of its own.
  return data === undefined || data === null ? {} : { data };
}

/** JSON that was sent as bytes; other bytes say nothing here. */
function readBytes({ data_base64: bytes, datacontenttype: type }: JsonObject): unknown {
  const isJson = typeof type !== 'string' || /[/+]json\b/i.test(type);
  return typeof bytes === 'string' && isJson
    ? parseInnerJson(Buffer.from(bytes, 'base64').toString('utf8'))
    : undefined;
}

function readCustomer(event: JsonObject, data: JsonObject): Pick<ClientEvent, 'userId' | 'anonymousId'> {
  const find = (names: readonly string[]): unknown =>
    names.map((name) => event[name] ?? data[name]).find((id) => id !== undefined && id !== null);
  const userId = find(userNames);
  const anonymousId = find(anonymousNames);
  if (userId !== undefined || anonymousId !== undefined) return { userId, anonymousId };
  const { subject } = event;
  const named = typeof subject === 'string' ? customerSubject.exec(subject.trim()) : null;
  return { userId: named?.[1], anonymousId: undefined };
}
