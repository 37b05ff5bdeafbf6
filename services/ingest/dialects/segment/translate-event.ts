import type { EventType } from '../../../core/events/event-types.ts';
import type { ClientEvent } from '../../client-event.ts';
import { isJsonObject } from '../../json-object.ts';
import type { JsonObject } from '../../json-object.ts';
import { objectOrEmpty } from '../object-or-empty.ts';
import { hintChannels } from './channel-hints.ts';
import { pickContent } from './pick-content.ts';

/** What the request says about all of its events. */
export interface RequestShare {
  /** The call, where the path names it; null where each event carries its own `type`. */
  readonly type: string | null;
  readonly sentAt: unknown;
  readonly context: unknown;
}

interface Meaning {
  readonly type: EventType | null;
  readonly name: string | null;
  readonly properties: JsonObject;
  readonly fault: string | null;
}

/** Puts the fields of one Segment message to their places; any JSON value is taken. */
export function translateEvent(value: unknown, share: RequestShare): ClientEvent {
  const message = objectOrEmpty(value);
  const context = isJsonObject(message['context']) ? message['context'] : objectOrEmpty(share.context);
  const call = share.type ?? message['type'];
  const meaning = isJsonObject(value) ? meaningOf(call, message) : unreadable('the event is not a JSON object');
  const tidewatch = objectOrEmpty(context['tidewatch']);
  return {
    clientEventId: message['messageId'],
    ...meaning,
    userId: message['userId'],
    anonymousId: message['anonymousId'],
    // The client's clock is taken at its word: `timestamp` is when it happened, also for events sent much later.
    time: message['timestamp'] ?? message['originalTimestamp'] ?? message['sentAt'] ?? share.sentAt,
    traits: traitsOf(message, context),
    channelHints: hintChannels(call, message, context),
    historical: tidewatch['historical'],
    importId: tidewatch['importId'],
    content: pickContent(message, call, context),
  };
}

function meaningOf(call: unknown, message: JsonObject): Meaning {
  const properties = objectOrEmpty(message['properties']);
  switch (call) {
    case 'track':
      return meaningOfTrack(message['event'], properties);
    case 'identify':
      return { type: 'customer.upserted', name: null, properties, fault: null };
    case 'page':
    case 'screen':
      return { type: 'page.viewed', name: null, properties: pageProperties(message, properties), fault: null };
    case 'group':
      return { type: 'custom', name: 'group', properties: { ...properties, groupId: message['groupId'] }, fault: null };
    case 'alias':
      return { type: 'custom', name: 'alias', properties, fault: null };
    default:
      return unreadable('type is missing or unknown; use track, identify, page, screen, group or alias');
  }
}

function meaningOfTrack(event: unknown, properties: JsonObject): Meaning {
  if (typeof event !== 'string' || event.trim() === '') {
    return unreadable('a track event needs its name as text in "event"');
  }
  return { type: null, name: event.trim(), properties, fault: null };
}

/** A page's own name and category are facts about the page; `name` would be taken for a person's. */
function pageProperties(message: JsonObject, properties: JsonObject): JsonObject {
  const renamed = renameName(properties);
  const { name, category } = message;
  return { ...(category == null ? {} : { category }), ...renamed, ...(name == null ? {} : { pageName: name }) };
}

function renameName({ name, ...others }: JsonObject): JsonObject {
  return name === undefined ? others : { pageName: name, ...others };
}

/** Whatever is said about the person: traits, who they were before, and where the message came from. */
function traitsOf(message: JsonObject, context: JsonObject): JsonObject {
  const traits = { ...objectOrEmpty(context['traits']), ...objectOrEmpty(message['traits']) };
  const { ip } = context;
  const { previousId } = message;
  return { ...traits, ...(ip == null ? {} : { ip }), ...(previousId == null ? {} : { previousId }) };
}

function unreadable(fault: string): Meaning {
  return { type: 'custom', name: null, properties: {}, fault };
}
