import { isJsonObject } from '../../json-object.ts';
import type { Dialect } from '../dialect.ts';
import { translateEvent } from './translate-event.ts';

const shortNames = { track: 't', identify: 'i', page: 'p', screen: 's', group: 'g', alias: 'a' };

/** Segment's HTTP tracking API, as its own and compatible SDKs speak it. */
export const segmentDialect: Dialect = {
  name: 'segment',
  calls: [
    { method: 'POST', path: '/v1/batch', call: 'batch' },
    { method: 'POST', path: '/v1/b', call: 'batch' },
    ...Object.entries(shortNames).flatMap(([call, short]) => [
      { method: 'POST' as const, path: `/v1/${call}`, call },
      { method: 'POST' as const, path: `/v1/${short}`, call },
    ]),
  ],
  writeKey: ({ body }) => (isJsonObject(body) ? body['writeKey'] : undefined),
  open(call, { body }) {
    if (call !== 'batch') return { share: {}, events: [body], from: 'body' };
    if (!isJsonObject(body) || !Array.isArray(body['batch'])) {
      return '"batch" is no list; send {"batch": [ … ]} with the events in it';
    }
    // Old clients put one context beside the batch instead of one into each event.
    const { sentAt = null, context = null } = body;
    return { share: { sentAt, context }, events: body['batch'] as unknown[], from: { member: 'batch' } };
  },
  translate: (call, event, { sentAt, context }) =>
    translateEvent(event, { type: call === 'batch' ? null : call, sentAt, context }),
};
