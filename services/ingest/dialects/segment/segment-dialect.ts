import { isJsonObject } from '../../json-object.ts';
import type { Dialect } from '../dialect.ts';
import { translateEvent } from './translate-event.ts';

const shortNames = { track: 't', identify: 'i', page: 'p', screen: 's', group: 'g', alias: 'a' };

/** Segment's HTTP tracking API, as its own and compatible SDKs speak it. */
export const segmentDialect: Dialect = {
  name: 'segment',
  calls: [
    { path: '/v1/batch', call: 'batch', member: 'batch' },
    { path: '/v1/b', call: 'batch', member: 'batch' },
    ...Object.entries(shortNames).flatMap(([call, short]) => [
      { path: `/v1/${call}`, call, member: null },
      { path: `/v1/${short}`, call, member: null },
    ]),
  ],
  writeKey: (body) => (isJsonObject(body) ? body['writeKey'] : undefined),
  translate(call, body) {
    if (call !== 'batch') return [translateEvent(body, { type: call, sentAt: undefined, context: undefined })];
    if (!isJsonObject(body) || !Array.isArray(body['batch'])) return null;
    // Old clients put one context beside the batch instead of one into each event.
    const shared = { type: null, sentAt: body['sentAt'], context: body['context'] };
    return body['batch'].map((event: unknown) => translateEvent(event, shared));
  },
};
