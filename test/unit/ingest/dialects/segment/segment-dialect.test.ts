import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ClientEvent } from '../../../../../services/ingest/client-event.ts';
import { segmentDialect } from '../../../../../services/ingest/dialects/segment/segment-dialect.ts';

/** All events of a request to one call. */
function translate(call: string, body: unknown): readonly ClientEvent[] | string {
  const opened = segmentDialect.open(call, { headers: {}, query: {}, body });
  if (typeof opened === 'string') return opened;
  return opened.events.map((event) => segmentDialect.translate(call, event, opened.share));
}

const sixCalls = new URL('../../../../fixtures/segment/six-calls.json', import.meta.url);

describe('segmentDialect', () => {
  it('translates the six calls of the real client', () => {
    const events = translate('batch', JSON.parse(readFileSync(sixCalls, 'utf8')) as unknown) as ClientEvent[];
    expect(events.map(({ type, name, fault }) => ({ type, name, fault }))).toEqual([
      { type: 'customer.upserted', name: null, fault: null },
      { type: null, name: 'Order Completed', fault: null },
      { type: 'custom', name: 'group', fault: null },
      { type: 'page.viewed', name: null, fault: null },
      { type: 'page.viewed', name: null, fault: null },
      { type: 'custom', name: 'alias', fault: null },
    ]);
    expect(events.every((event) => String(event.clientEventId).startsWith('node-next-'))).toBe(true);
    expect(events.every((event) => !('_metadata' in event.content) && !('sentAt' in event.content))).toBe(true);
  });

  it.each([
    ['/v1/track', '/v1/t'],
    ['/v1/identify', '/v1/i'],
    ['/v1/page', '/v1/p'],
    ['/v1/screen', '/v1/s'],
    ['/v1/group', '/v1/g'],
    ['/v1/alias', '/v1/a'],
    ['/v1/batch', '/v1/b'],
  ])('serves %s and %s as one call', (long, short) => {
    const callOf = (path: string) => segmentDialect.calls.find((call) => call.path === path)?.call;
    expect(callOf(long)).toBeDefined();
    expect(callOf(short)).toBe(callOf(long));
  });

  it('takes the type of a single call from its path', () => {
    const [event] = translate('identify', { type: 'track', userId: 'u', traits: { plan: 'x' } });
    expect(event).toMatchObject({ type: 'customer.upserted', userId: 'u', traits: { plan: 'x' } });
  });

  it.each([[null], [[]], ['x'], [{}], [{ batch: {} }], [{ batch: null }]])('says that %j is no batch', (body) => {
    expect(translate('batch', body)).toContain('"batch" is no list');
  });

  it('translates an empty batch to no events', () => {
    expect(translate('batch', { batch: [] })).toEqual([]);
  });

  it('finds the write key in the body', () => {
    const keyOf = (body: unknown) => segmentDialect.writeKey({ headers: {}, query: {}, body });
    expect(keyOf({ writeKey: 'wk' })).toBe('wk');
    expect(keyOf('wk')).toBeUndefined();
  });
});
