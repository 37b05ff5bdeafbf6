import type { ClientEvent } from '../../client-event.ts';
import { isJsonObject } from '../../json-object.ts';
import type { JsonObject } from '../../json-object.ts';
import { isoOfMillis } from '../iso-of-millis.ts';
import { objectOrEmpty } from '../object-or-empty.ts';
import { saidMembers } from '../said-members.ts';
import { unreadableEvent } from '../unreadable-event.ts';
import { withoutMembers } from '../without-members.ts';
import { readPerson } from './read-person.ts';

/** Written by the library or the transport: they may differ between two deliveries, or say nothing about the event. */
const transportFields: ReadonlySet<string> = new Set(['api_key', 'token', 'sent_at', 'offset', 'options', 'type', 'library', 'library_version']); // prettier-ignore

/** PostHog's own events and what they are here; names with `$` that are not here are custom. */
const ownEvents: ReadonlyMap<string, Pick<ClientEvent, 'type' | 'name'>> = new Map([
  ['$identify', { type: 'customer.upserted', name: null }],
  ['$set', { type: 'customer.upserted', name: null }],
  ['$create_alias', { type: 'custom', name: 'alias' }],
  ['$merge_dangerously', { type: 'custom', name: 'alias' }],
  ['$groupidentify', { type: 'custom', name: 'group' }],
  ['$pageview', { type: 'page.viewed', name: null }],
  ['$screen', { type: 'page.viewed', name: null }],
]);

/** Puts the fields of one captured event to their places; any JSON value is taken. */
export function translateCapture(value: unknown, share: JsonObject): ClientEvent {
  if (!isJsonObject(value)) return unreadableEvent('the event is not a JSON object');
  const { event } = value;
  const id = value['uuid'] ?? objectOrEmpty(value['properties'])['$insert_id'];
  if (typeof event !== 'string' || event.trim() === '') {
    return unreadableEvent('the event needs its name as text in "event"', id);
  }
  const said = objectOrEmpty(value['properties']);
  const isAbout = (name: string): boolean => name.startsWith('$') || name === 'token';
  const person = readPerson(value, said);
  return {
    clientEventId: id,
    fault: null,
    ...(ownEvents.get(event) ?? { type: null, name: event.trim() }),
    ...person,
    time: isoOfMillis(value['timestamp']) ?? said['$time'] ?? timeBySending(value, share),
    properties: { ...withoutMembers(said, (name) => isAbout(name) || person.taken.has(name)), ...pageOf(said) },
    traits: traitsOf(value, said, person.previousId),
    channelHints: [said['channel'], event === '$screen' ? 'app' : null, said['$current_url'] == null ? null : 'web'],
    historical: share['historical'],
    importId: said['$import_id'],
    content: {
      ...withoutMembers(value, (name) => transportFields.has(name)),
      properties: withoutMembers(said, (name) => name.startsWith('$lib') || name === '$ip' || name === 'token'),
    },
  };
}

/** Browsers without a clock of their own say how many milliseconds ago it was when they sent. */
function timeBySending({ offset }: JsonObject, { sentAt }: JsonObject): unknown {
  const sent = typeof sentAt === 'string' ? Date.parse(sentAt) : NaN;
  return typeof offset === 'number' && !Number.isNaN(sent) ? isoOfMillis(sent - offset) : (sentAt ?? undefined);
}

function pageOf(said: JsonObject): JsonObject {
  const { $current_url: url, $pathname: path, $screen_name: screen, $referrer: referrer } = said;
  const group = { groupType: said['$group_type'], groupId: said['$group_key'] };
  return saidMembers({ url, path, referrer, pageName: screen, ...group });
}

function traitsOf(value: JsonObject, said: JsonObject, previousId: unknown): JsonObject {
  const set = { ...objectOrEmpty(said['$set_once']), ...objectOrEmpty(said['$set']) };
  const outer = { ...objectOrEmpty(value['$set_once']), ...objectOrEmpty(value['$set']) };
  const group = objectOrEmpty(said['$group_set']);
  return { ...group, ...outer, ...set, ...saidMembers({ ip: said['$ip'], previousId }) };
}
