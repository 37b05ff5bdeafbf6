import { gzipSync } from 'node:zlib';
import type { OrderEvent } from './order-event.ts';

export interface WireRequest {
  readonly method: 'GET' | 'POST';
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
}

export interface WireProtocol {
  readonly name: string;
  /** Most events that one request takes. */
  readonly most: number;
  /** Id under which the event stands on the topic and among the dead letters. */
  topicId(id: string): string;
  request(events: readonly OrderEvent[], writeKey: string): WireRequest;
}

const many = 12;
const same = (id: string): string => id;
const amountOf = ({ amountMinor }: OrderEvent): number | string => (amountMinor === null ? 'much' : amountMinor / 100);
const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` });
const json = { 'content-type': 'application/json' };
const cloudSource = '/shop';

function segmentBatch(events: readonly OrderEvent[]): string {
  const batch = events.map((event) => ({
    type: 'track',
    event: 'Order Completed',
    messageId: event.id,
    timestamp: event.time,
    userId: event.user,
    properties: { revenue: amountOf(event), currency: 'GBP' },
  }));
  return JSON.stringify({ batch, sentAt: new Date().toISOString() });
}

function capture(event: OrderEvent) {
  const { id: uuid, user, time: timestamp } = event;
  const properties = { value: amountOf(event), currency: 'GBP' };
  return { event: 'purchase', uuid, distinct_id: user, timestamp, properties };
}

function snowplowFields(event: OrderEvent): Record<string, string> {
  const data = { amount: amountOf(event), currency: 'GBP' };
  const schema = 'iglu:com.acme/order/jsonschema/1-0-0';
  const selfDescribing = { schema: 'iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0', data: { schema, data } }; // prettier-ignore
  const uid: Record<string, string> = event.user === null ? {} : { uid: event.user };
  const dtm = String(Date.parse(event.time));
  return { e: 'ue', p: 'srv', eid: event.id, dtm, ue_pr: JSON.stringify(selfDescribing), ...uid };
}

function cloudEvent(event: OrderEvent) {
  const subject = event.user === null ? {} : { subject: event.user };
  const data = { amount: amountOf(event), currency: 'GBP' };
  const { id, time } = event;
  return { specversion: '1.0', id, source: cloudSource, type: 'com.acme.order.placed', time, data, ...subject };
}

function plainEvent(event: OrderEvent) {
  const { id, user: userId, time } = event;
  return { id, type: 'order.placed', userId, time, amount: amountOf(event), currency: 'GBP' };
}

/** Every way in which an order may come in. */
export const wireProtocols: readonly WireProtocol[] = [
  {
    ...{ name: 'segment', most: many, topicId: same },
    request: (events, key) => ({ method: 'POST', path: '/v1/batch', headers: basic(key), body: segmentBatch(events) }),
  },
  {
    ...{ name: 'rudder', most: many, topicId: same },
    request: (events, key) => ({
      ...{ method: 'POST', path: '/v1/batch' },
      headers: { ...basic(key), 'content-encoding': 'gzip', 'content-type': 'application/x-www-form-urlencoded' },
      body: new Uint8Array(gzipSync(segmentBatch(events))),
    }),
  },
  {
    ...{ name: 'posthog-v0', most: many, topicId: same },
    request: (events, key) => ({
      ...{ method: 'POST', path: '/batch/', headers: json },
      body: JSON.stringify({ api_key: key, batch: events.map(capture) }),
    }),
  },
  {
    ...{ name: 'posthog-v1', most: many, topicId: same },
    request: (events, key) => ({
      ...{ method: 'POST', path: '/i/v1/analytics/events', headers: { ...json, authorization: `Bearer ${key}` } },
      body: JSON.stringify({ batch: events.map(capture) }),
    }),
  },
  {
    ...{ name: 'snowplow', most: many, topicId: same },
    request: (events, key) => ({
      ...{ method: 'POST', path: '/com.snowplowanalytics.snowplow/tp2', headers: { ...json, 'x-write-key': key } },
      body: JSON.stringify({ schema: 'iglu:payload_data', data: events.map(snowplowFields) }),
    }),
  },
  {
    ...{ name: 'snowplow-get', most: 1, topicId: same },
    request: ([event], key) => ({
      ...{ method: 'GET', path: `/i?${new URLSearchParams(snowplowFields(event)).toString()}` },
      ...{ headers: { 'x-write-key': key }, body: null },
    }),
  },
  {
    ...{ name: 'cloudevents', most: many, topicId: (id) => `${cloudSource} ${id}` },
    request: (events, key) => ({
      ...{ method: 'POST', path: '/v1/cloudevents' },
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(events.map(cloudEvent)),
    }),
  },
  {
    ...{ name: 'plain', most: many, topicId: same },
    request: (events, key) => ({
      ...{ method: 'POST', path: '/v1/events', headers: { ...json, 'x-write-key': key } },
      body: JSON.stringify({ events: events.map(plainEvent) }),
    }),
  },
];
