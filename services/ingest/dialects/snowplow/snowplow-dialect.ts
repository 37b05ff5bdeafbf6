import { isJsonObject } from '../../json-object.ts';
import type { Dialect, OpenedRequest } from '../dialect.ts';
import { withoutMembers } from '../without-members.ts';
import { translatePayload } from './translate-payload.ts';

/**
 * Snowplow's tracker protocol. An application id (`aid`) is no secret, so the write key comes in a header (trackers have
 * `customHeaders`) or in the query.
 */
export const snowplowDialect: Dialect = {
  name: 'snowplow',
  calls: [
    { method: 'POST', path: '/com.snowplowanalytics.snowplow/tp2', call: 'post' },
    { method: 'GET', path: '/i', call: 'get' },
  ],
  writeKey: ({ query }) => query['writeKey'],
  open(call, { query, body }): OpenedRequest | string {
    if (call === 'get') {
      const event = withoutMembers(query, (name) => name === 'writeKey');
      return { share: {}, events: [event], from: 'none' };
    }
    if (!isJsonObject(body) || !Array.isArray(body['data'])) {
      return '"data" is no list; send {"schema": …, "data": [ … ]} with the events in it';
    }
    return { share: {}, events: body['data'] as unknown[], from: { member: 'data' } };
  },
  translate: (_call, event) => translatePayload(event),
};
