import { describe, expect, it } from 'vitest';
import type { ClientEvent } from '../../../../../services/ingest/client-event.ts';
import type { EventResult } from '../../../../../services/ingest/event-result.ts';
import { posthogDialect } from '../../../../../services/ingest/dialects/posthog/posthog-dialect.ts';

/** As posthog-node 5.70.0 sends it. */
const library = { $lib: 'posthog-node', $lib_version: '5.70.0', $is_server: true, $geoip_disable: true };
const captured = {
  event: 'order completed',
  properties: { revenue: 10, order_id: 'o1', ...library },
  timestamp: '2026-05-01T10:00:00.000Z',
  uuid: '01a21ca9-a386-7e32-a9fd-962cfa2ae5f6',
  distinct_id: 'u1',
};

function open(body: unknown, call = 'v0') {
  const opened = posthogDialect.open(call, { headers: {}, query: {}, body });
  if (typeof opened === 'string') throw new Error(opened);
  return opened;
}
const translate = (changes: object, share = {}): ClientEvent =>
  posthogDialect.translate('v0', { ...captured, ...changes }, share);
const own = (event: string, properties: object) => translate({ event, properties: { ...properties, ...library } });

function answered(call: string, results: readonly EventResult[]): unknown {
  return JSON.parse(posthogDialect.answer?.(call, results) ?? 'null');
}

describe('the PostHog dialect', () => {
  it.each([
    ['a batch', { api_key: 'k', batch: [captured], sent_at: 's' }, { member: 'batch' }],
    ['one event', captured, 'body'],
    ['a list', [captured], 'list'],
  ])('opens %s', (_what, body, from) => {
    expect(open(body)).toMatchObject({ from, events: [{ event: 'order completed' }] });
  });

  it.each([[null], [7], [{ batch: {} }]])('says that %j is none', (body) => {
    expect(posthogDialect.open('v0', { headers: {}, query: {}, body })).toMatch(/batch/);
  });

  it.each([
    ['api_key', {}, { api_key: 'k' }],
    ['token', {}, { token: 'k' }],
    ['api_key of the first event', {}, [{ api_key: 'k' }]],
    ['token among the properties', {}, { properties: { token: 'k' } }],
    ['the query', { api_key: 'k' }, { event: 'x' }],
  ])('finds the key in %s', (_where, query, body) => {
    expect(posthogDialect.writeKey({ headers: {}, query, body })).toBe('k');
  });

  it('opens what browsers send as a form', () => {
    const text = JSON.stringify({ event: 'x', n: 'ÿ>?' });
    const base64 = Buffer.from(text).toString('base64');
    const toJson = (body: string) => posthogDialect.toJson?.(body, { headers: {}, query: {} });
    expect(toJson(`data=${encodeURIComponent(base64)}&compression=base64`)).toBe(text);
    expect(toJson(`data=${base64}`)).toBe(text);
    expect(toJson(`data=${encodeURIComponent(text)}`)).toBe(text);
    expect(toJson(text)).toBe(text);
  });

  it('puts the fields of an event to their places, and leaves out what the library says of itself', () => {
    expect(translate({})).toMatchObject({
      clientEventId: captured.uuid,
      type: null,
      name: 'order completed',
      userId: 'u1',
      time: captured.timestamp,
      properties: { revenue: 10, order_id: 'o1' },
      fault: null,
    });
    expect(translate({}).properties).toEqual({ revenue: 10, order_id: 'o1' });
  });

  it('knows its own events', () => {
    expect(own('$identify', { $set: { plan: 'gold' }, $set_once: { plan: 'old', first: 1 } })).toMatchObject({
      type: 'customer.upserted',
      traits: { plan: 'gold', first: 1 },
    });
    expect(own('$create_alias', { distinct_id: 'u1', alias: 'a1' })).toMatchObject({
      type: 'custom',
      name: 'alias',
      traits: { previousId: 'a1' },
      properties: {},
    });
    expect(own('$groupidentify', { $group_type: 'company', $group_key: 'c1' })).toMatchObject({
      type: 'custom',
      name: 'group',
      userId: undefined,
      anonymousId: 'u1',
      properties: { groupType: 'company', groupId: 'c1' },
    });
    expect(own('$pageview', { $current_url: 'https://x.org/a', $pathname: '/a' })).toMatchObject({
      type: 'page.viewed',
      properties: { url: 'https://x.org/a', path: '/a' },
    });
    expect(own('$rageclick', {})).toMatchObject({ type: null, name: '$rageclick' });
  });

  it.each([
    ['a device', { $device_id: 'u1' }],
    ['a state', { $user_state: 'anonymous' }],
    ['a mark', { $is_identified: false }],
  ])('takes an id for anonymous by %s', (_what, properties) => {
    expect(translate({ properties })).toMatchObject({ userId: undefined, anonymousId: 'u1' });
  });

  it('takes a random id without person for anonymous, and a named one not', () => {
    const properties = { $process_person_profile: false };
    expect(translate({ properties, distinct_id: captured.uuid }).userId).toBeUndefined();
    expect(translate({ properties }).userId).toBe('u1');
  });

  it('takes the time of sending where an event has none, and subtracts its offset', () => {
    const share = { sentAt: '2026-05-01T10:00:10.000Z' };
    expect(translate({ timestamp: undefined }, share).time).toBe(share.sentAt);
    expect(translate({ timestamp: undefined, offset: 10_000 }, share).time).toBe('2026-05-01T10:00:00.000Z');
    expect(translate({ timestamp: 'never' }, share).time).toBe('never');
  });

  it('says the same content of two deliveries', () => {
    const again = {
      ...captured,
      offset: 7,
      properties: { ...captured.properties, $lib_version: '6', $ip: '192.0.2.1' },
    };
    expect(translate(again).content).toEqual(translate({}).content);
    expect(translate({ distinct_id: 'u2' }).content).not.toEqual(translate({}).content);
  });

  it.each([[null], [7], [[]], [{}], [{ event: ' ' }]])('says that %j cannot be read', (event) => {
    expect(posthogDialect.translate('v0', event, {}).fault).not.toBeNull();
  });

  it('answers an id that stands twice with the word that most asks for attention', () => {
    const result = (name: EventResult['result']): EventResult => ({ key: 'u', result: name, code: null, detail: null });
    for (const order of [
      ['retry', 'conflict'],
      ['conflict', 'retry'],
    ] as const) {
      expect(answered('v1', order.map(result))).toEqual({ results: { u: { result: 'retry' } } });
    }
    expect(answered('v1', [result('rejected'), result('accepted')])).toMatchObject({ results: { u: { result: 'drop' } } }); // prettier-ignore
  });

  it('answers v1 by event, and v0 as everybody', () => {
    const result = (key: string, name: 'accepted' | 'duplicate' | 'rejected' | 'conflict' | 'retry') =>
      ({ key, result: name, code: name === 'accepted' || name === 'duplicate' ? null : 'ERR_EVENT_TIME', detail: 'd' }) as const; // prettier-ignore
    const results = [result('a', 'accepted'), result('b', 'duplicate'), result('c', 'rejected'), result('d', 'conflict'), result('e', 'retry')]; // prettier-ignore
    const details = 'ERR_EVENT_TIME: d';
    expect(answered('v1', results)).toEqual({
      results: {
        a: { result: 'ok' },
        b: { result: 'ok' },
        c: { result: 'drop', details },
        d: { result: 'drop', details },
        e: { result: 'retry', details },
      },
    });
    expect(posthogDialect.answer?.('v0', results)).toBeUndefined();
    expect(['v0', 'v1'].map((call) => posthogDialect.retriesEvents?.(call))).toEqual([false, true]);
  });
});
