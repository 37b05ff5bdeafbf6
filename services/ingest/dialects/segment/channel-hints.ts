import { isJsonObject } from '../../json-object.ts';
import type { JsonObject } from '../../json-object.ts';

/** What a message says or lets guess about its channel, the plainest statement first. */
export function hintChannels(call: unknown, message: JsonObject, context: JsonObject): readonly unknown[] {
  const properties = isJsonObject(message['properties']) ? message['properties'] : {};
  return [
    context['channel'],
    properties['channel'],
    // A library that runs on a server says where it runs, not where the event came from: the key knows that better.
    message['channel'] === 'server' ? null : message['channel'],
    call === 'page' || isJsonObject(context['page']) ? 'web' : null,
    call === 'screen' || isJsonObject(context['device']) || isJsonObject(context['app']) ? 'app' : null,
  ];
}
