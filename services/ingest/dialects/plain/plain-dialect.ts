import { isJsonObject } from '../../json-object.ts';
import type { Dialect, OpenedRequest } from '../dialect.ts';
import { translatePlainEvent } from './translate-plain-event.ts';

/** Tidewatch's own protocol, for those who have no SDK: one event, a list of them, or `{"events": [ … ]}`. */
export const plainDialect: Dialect = {
  name: 'plain',
  calls: [{ method: 'POST', path: '/v1/events', call: 'events' }],
  writeKey: ({ body }) => (isJsonObject(body) ? body['writeKey'] : undefined),
  open(_call, { body }): OpenedRequest | string {
    if (Array.isArray(body)) return { share: {}, events: body as unknown[], from: 'list' };
    if (!isJsonObject(body)) return 'the body is no event; send one, a list of them, or {"events": [ … ]}';
    if (body['events'] === undefined) return { share: {}, events: [body], from: 'body' };
    if (!Array.isArray(body['events'])) return '"events" is no list; send {"events": [ … ]} with the events in it';
    const { historical = null, importId = null } = body;
    return { share: { historical, importId }, events: body['events'] as unknown[], from: { member: 'events' } };
  },
  translate: (_call, event, share) => translatePlainEvent(event, share),
};
