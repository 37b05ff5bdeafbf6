import type { ClientEvent } from '../../client-event.ts';
import { isJsonObject } from '../../json-object.ts';
import type { JsonObject } from '../../json-object.ts';
import { isoOfMillis } from '../iso-of-millis.ts';
import { objectOrEmpty } from '../object-or-empty.ts';
import { saidMembers } from '../said-members.ts';
import { unreadableEvent } from '../unreadable-event.ts';
import { withoutMembers } from '../without-members.ts';

/** About the delivery: two deliveries of one event may differ in them. */
const deliveryFields: ReadonlySet<string> = new Set(['writeKey', 'historical', 'importId']);

/** Puts the fields of one event to their places; any JSON value is taken. */
export function translatePlainEvent(value: unknown, share: JsonObject): ClientEvent {
  if (!isJsonObject(value)) return unreadableEvent('the event is not a JSON object');
  const { id, type, amount, currency, region, store } = value;
  if (typeof type !== 'string' || type.trim() === '') {
    return unreadableEvent('type is missing or no text; send a word such as order.placed', id);
  }
  const properties = objectOrEmpty(value['properties']);
  return {
    clientEventId: id,
    fault: null,
    type: null,
    name: type.trim(),
    userId: value['userId'],
    anonymousId: value['anonymousId'],
    time: isoOfMillis(value['time']),
    // What stands beside the properties is money in any event, as `revenue` is.
    properties: { ...properties, ...moneyOf(amount, value), ...saidMembers({ currency, region, store }) },
    traits: objectOrEmpty(value['traits']),
    channelHints: [value['channel'], properties['channel']],
    historical: value['historical'] ?? share['historical'],
    importId: value['importId'] ?? share['importId'],
    content: withoutMembers(value, (name) => deliveryFields.has(name)),
  };
}

/** An amount that is there and null stays: in an order it hides a mistake of the sender. */
function moneyOf(amount: unknown, event: JsonObject): JsonObject {
  return 'amount' in event ? { revenue: amount } : {};
}
