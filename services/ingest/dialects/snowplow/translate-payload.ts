import type { ClientEvent } from '../../client-event.ts';
import { isJsonObject } from '../../json-object.ts';
import { isoOfMillis } from '../iso-of-millis.ts';
import { saidMembers } from '../said-members.ts';
import { unreadableEvent } from '../unreadable-event.ts';
import { withoutMembers } from '../without-members.ts';
import { readEntities } from './read-entities.ts';
import { readMeaning } from './read-meaning.ts';

/** Written when sending, or about the tracker. */
const transportFields: ReadonlySet<string> = new Set(['stm', 'tv', 'tna', 'ua', 'ip']);

const channels: ReadonlyMap<unknown, string> = new Map([
  ['web', 'web'],
  ['mob', 'app'],
  ['app', 'app'],
  ['iot', 'device'],
]);

/** Puts the fields of one event to their places; any JSON value is taken. */
export function translatePayload(value: unknown): ClientEvent {
  if (!isJsonObject(value)) return unreadableEvent('the event is not a JSON object');
  const meaning = readMeaning(value);
  if (typeof meaning === 'string') return unreadableEvent(meaning, value['eid']);
  const { type, name, properties } = meaning;
  return {
    clientEventId: value['eid'],
    fault: null,
    type,
    name,
    userId: value['uid'],
    anonymousId: value['duid'] ?? value['tnuid'] ?? value['nuid'],
    // The true time where the sender states one, else when its device took the event down.
    time: isoOfMillis(value['ttm'] ?? value['dtm']),
    properties: { ...readEntities(value), ...properties },
    traits: saidMembers({ ip: value['ip'] }),
    channelHints: [properties['channel'], channels.get(value['p'])],
    historical: undefined,
    importId: undefined,
    content: withoutMembers(value, (field) => transportFields.has(field)),
  };
}
