import { Analytics } from '@segment/analytics-node';
import Rudder from '@rudderstack/rudder-sdk-node';
import { buildSelfDescribingEvent, newTracker } from '@snowplow/node-tracker';
import { CloudEvent, emitterFor, httpTransport, Mode } from 'cloudevents';
import { PostHog } from 'posthog-node';
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../../services/core/ports/claim-store.ts';
import { translateCapture } from '../../../services/ingest/dialects/posthog/translate-capture.ts';
import { canonicalJson } from '../../../services/ingest/steps/canonical-json.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { createAesSealer } from '../../../services/platform/crypto/aes-sealer.ts';
import { createRedisClaimStore } from '../../../services/platform/redis/redis-claim-store.ts';
import { eventually } from '../../support/eventually.ts';
import { clearNormalForm, normalFormHash } from '../../support/normal-form.ts';
import { oneIngest } from '../../support/one-ingest.ts';
import { runIngest } from '../../support/run-ingest.ts';
import { openRecordingProxy } from './recording-proxy.ts';

const served = oneIngest({ rates: [{ version: 'r1', date: '2026-01-01', currency: 'EUR', rate: 0.85 }] });

const timestamp = new Date('2026-05-01T10:00:00Z');
const ofUser = async (userId: string, count: number): Promise<CustomerRecord[]> => {
  const sealer = sealerOfTenant();
  const isOf = (record: CustomerRecord): boolean => clearNormalForm(record, sealer).includes(`"${userId}"`);
  return eventually(async () => {
    const records = (await served.world.events()).filter(isOf);
    expect(records).toHaveLength(count);
    return records;
  });
};

function sealerOfTenant() {
  const { envelopeKey } = served.world.installation.tenants[0];
  return createAesSealer(envelopeKey.id, envelopeKey.key);
}

const hashContent = (event: unknown): string => {
  const { content } = translateCapture(event, {});
  return nodeDigest.hmacHex(served.world.installation.tenants[0].contentKey, canonicalJson(content, 64) ?? '');
};

interface Capture {
  readonly event: string;
  readonly distinctId: string;
  readonly uuid?: string;
  readonly properties?: Record<string, unknown>;
  readonly timestamp?: Date;
}

async function sendByPostHog(mode: 'v0' | 'v1', captures: readonly Capture[], host: string, settings: object = {}) {
  const before = process.env['POSTHOG_CAPTURE_MODE'];
  process.env['POSTHOG_CAPTURE_MODE'] = mode;
  try {
    const client = new PostHog(served.world.writeKey, { host, flushAt: 100, fetchRetryDelay: 50, ...settings });
    const errors: string[] = [];
    client.on('error', (error: unknown) => errors.push(String(error)));
    for (const capture of captures) client.capture(capture);
    await client.shutdown(20_000);
    return errors;
  } finally {
    if (before === undefined) delete process.env['POSTHOG_CAPTURE_MODE'];
    else process.env['POSTHOG_CAPTURE_MODE'] = before;
  }
}

const schema = 'iglu:com.acme/order/jsonschema/1-0-0';

function sendBySnowplow(
  encodeBase64: boolean,
  eventMethod: 'get' | 'post',
  data: Record<string, unknown>,
  uid: string,
) {
  const emitter = {
    endpoint: served.url,
    bufferSize: 1,
    eventMethod,
    customHeaders: { 'x-write-key': served.world.writeKey },
  };
  const tracker = newTracker({ namespace: 'test', appId: 'shop', encodeBase64 }, emitter);
  tracker.setUserId(uid);
  tracker.track(buildSelfDescribingEvent({ event: { schema, data } }), [], timestamp.getTime());
  void tracker.flush();
}

const eventsUrl = () => `${served.url}/v1/cloudevents`;
const authorization = () => ({ authorization: `Bearer ${served.world.writeKey}` });
const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    redirect: 'error',
    headers: { ...authorization(), 'content-type': 'application/json', ...headers },
  });

describe('the real RudderStack client', () => {
  it.each([true, false])('sends its first event alone and the others together, gzip %s', async (gzip) => {
    const userId = `rudder-${gzip}`;
    const proxy = await openRecordingProxy(served.url);
    const client = new Rudder(served.world.writeKey, { dataPlaneUrl: proxy.url, flushAt: 2, logLevel: 'silent', gzip });
    client.track({ userId, event: 'Order Completed', properties: { revenue: 10 } });
    client.identify({ userId, traits: { plan: 'gold' } });
    client.track({ userId, event: 'Order Refunded', properties: { revenue: 4 } });
    const records = await ofUser(userId, 3);
    await proxy.close();
    expect(records.map(({ type }) => type).sort()).toEqual(['customer.upserted', 'order.placed', 'order.returned']);
    expect(proxy.seen.map(({ batch }) => batch?.length)).toEqual([1, 2]);
    expect(proxy.seen.map(({ encoding }) => encoding)).toEqual(gzip ? ['gzip', 'gzip'] : [undefined, undefined]);
  });
});

describe('the same order, told by six clients in their own words', () => {
  it('gives one and the same record', async () => {
    const userId = 'same-fact';
    const segment = new Analytics({ writeKey: served.world.writeKey, host: served.url });
    segment.track({ userId, timestamp, event: 'Order Completed', properties: { revenue: 10.0, currency: 'EUR', order_id: 'o1' } }); // prettier-ignore
    await segment.closeAndFlush();
    const rudder = new Rudder(served.world.writeKey, { dataPlaneUrl: served.url, logLevel: 'silent' });
    rudder.track({ userId, timestamp, event: 'order_completed', properties: { total: '10.00', currency: 'eur', orderId: 'o1' } }); // prettier-ignore
    const properties = { value: 10, currency: 'EUR', transaction_id: 'o1' };
    const capture = { event: 'purchase', distinctId: userId, timestamp, properties };
    expect(await sendByPostHog('v0', [capture], served.url)).toEqual([]);
    expect(await sendByPostHog('v1', [capture], served.url)).toEqual([]);
    for (const method of ['post', 'get'] as const) {
      for (const base64 of [true, false]) sendBySnowplow(base64, method, { amount: 10, currency: 'EUR', order_number: 'o1' }, userId); // prettier-ignore
    }
    const event = new CloudEvent({
      source: '/shop',
      type: 'com.acme.order.placed.v1',
      subject: userId,
      time: timestamp.toISOString(),
      data: { total_price: '10.00', currency: 'EUR', order_id: 'o1' },
    });
    for (const mode of [Mode.BINARY, Mode.STRUCTURED]) {
      const emit = emitterFor(httpTransport(eventsUrl()), { mode });
      await emit(event.cloneWith({ id: `${mode}-1` }), { headers: authorization() });
    }
    const batch = [JSON.parse(event.cloneWith({ id: 'batch-1' }).toString()) as object];
    await post(eventsUrl(), batch, { 'content-type': 'application/cloudevents-batch+json' });
    const plain = { id: 'plain-1', type: 'order.placed', userId, time: '2026-05-01T12:00:00+02:00', amount: 10, currency: 'EUR' }; // prettier-ignore
    await post(`${served.url}/v1/events`, { ...plain, properties: { orderNo: 'o1' } });

    const records = await ofUser(userId, 12);
    expect(new Set(records.map((record) => clearNormalForm(record, sealerOfTenant()))).size).toBe(1);
    expect(new Set(records.map((record) => normalFormHash(record, sealerOfTenant()))).size).toBe(1);
    expect(records[0]).toMatchObject({
      type: 'order.placed',
      amountMinor: 1000,
      currency: 'EUR',
      reportingAmountMinor: 850,
      rateVersion: 'r1',
      occurredAt: timestamp.getTime(),
      attributes: [{ name: 'orderId', value: 'o1' }],
    });
  });
});

describe('the real PostHog client', () => {
  it('is answered event by event in v1, and sends only the one again that had to wait', async () => {
    const uuids = ['a', 'b', 'c'].map((each) => `01900000-0000-7000-8000-00000000000${each}`);
    const claims = createRedisClaimStore({ redis: served.world.redis.redis, keyPrefix: served.world.prefix });
    const held: Claim[] = [];
    // Another request is writing the second event while the first batch comes in, and gives it up later.
    const proxy = await openRecordingProxy(served.url, {
      async before(batch) {
        if (held.length > 0) return;
        held.push({ tenant: 'acme', source: 'web', eventId: uuids[1], contentHash: hashContent(batch[1]) });
        expect(await claims.claim(held)).toEqual(['claimed']);
      },
      after: () => claims.release(held),
    });
    const events = [{ event: 'x' }, { event: 'x' }, { event: 'order completed', properties: { revenue: 'much' } }];
    const captures = events.map((each, index) => ({ ...each, uuid: uuids[index], distinctId: 'posthog-v1' }));
    const errors = await sendByPostHog('v1', captures, proxy.url);
    await proxy.close();
    expect(proxy.seen.map(({ batch }) => batch?.map(({ uuid }) => uuid))).toEqual([uuids, [uuids[1]]]);
    expect(proxy.seen[0].answer).toMatchObject({
      results: { [uuids[0]]: { result: 'ok' }, [uuids[1]]: { result: 'retry' }, [uuids[2]]: { result: 'drop' } },
    });
    expect(errors.join()).toMatch(/1 dropped, 0 undelivered/);
    expect((await ofUser('posthog-v1', 2)).map(({ eventId }) => eventId).sort()).toEqual(uuids.slice(0, 2));
  });

  it('halves its batch in v0 until it is small enough', async () => {
    const small = await runIngest({ ...served.world.env, TIDEWATCH_EVENTS_PER_REQUEST: '2' });
    const proxy = await openRecordingProxy(small.url);
    const captures = Array.from({ length: 8 }, (_, index) => ({ event: `n${index}`, distinctId: 'posthog-v0' }));
    await sendByPostHog('v0', captures, proxy.url);
    await proxy.close();
    await small.drain();
    await small.stop();
    expect(proxy.seen.map(({ batch }) => batch?.length)).toEqual([8, 4, 2, 2, 2, 2]);
    await ofUser('posthog-v0', 8);
  });
});

describe('names that the plan does not know', () => {
  it('are told to whoever has the token of the tenant, and to nobody else', async () => {
    const event = (id: string, type: string) => ({ id: served.world.prefix + id, type, userId: 'unmapped' });
    const events = [event('1', 'Quiz Won'), event('2', 'Quiz Won'), event('3', 'order.placed'), event('4', 'login')];
    await post(`${served.url}/v1/events`, { events });
    const url = `${served.url}/v1/plan/unmapped`;
    const { token } = served.world;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const body = (await answer.json()) as { planVersion: string; names: { name: string }[] };
    expect(body.names.find(({ name }) => name === 'Quiz Won')).toMatchObject({ source: 'web', count: 2 });
    expect(body.names.map(({ name }) => name)).not.toContain('login');
    const [record] = (await served.world.events()).filter(({ eventId }) => eventId === `${served.world.prefix}1`);
    expect(record).toMatchObject({ type: 'custom', name: 'Quiz Won', planVersion: body.planVersion });
    expect((await fetch(url, { headers: authorization() })).status).toBe(401);
    expect((await fetch(url)).status).toBe(401);
  });
});

describe('CloudEvents that others stumble over', () => {
  const event = (fields: object) => ({ specversion: '1.0', source: '/s', type: 'com.acme.tested', subject: 'traps', ...fields }); // prettier-ignore

  it('refuses a time that is none, instead of taking now', async () => {
    const answer = await post(eventsUrl(), event({ id: 't1', time: 'not-a-date' }));
    expect(await answer.json()).toMatchObject({ results: { t1: { result: 'rejected', code: 'ERR_EVENT_TIME' } } });
  });

  it('accepts the neighbour of an event without source', async () => {
    const answer = await post(eventsUrl(), [event({ id: 't2' }), { ...event({ id: 't3' }), source: undefined }]);
    const results = { t2: { result: 'accepted' }, t3: { result: 'rejected', code: 'ERR_EVENT_INVALID' } };
    expect(await answer.json()).toMatchObject({ results, counts: { accepted: 1, rejected: 1 } });
  });

  it('takes a content type with a charset, and a body without length', async () => {
    const headers = { 'content-type': 'application/cloudevents+json;charset=UTF-8' };
    const body = new Blob([JSON.stringify(event({ id: 't4' }))]).stream();
    const options = { method: 'POST', body, duplex: 'half', headers: { ...authorization(), ...headers } };
    const answer = await fetch(eventsUrl(), options as RequestInit);
    expect(await answer.json()).toMatchObject({ results: { t4: { result: 'accepted' } } });
  });
});

describe('every path of every dialect', () => {
  it.each([
    '/v1/batch', '/v1/track', '/batch', '/capture', '/e', '/i/v1/analytics/events', '/v1/cloudevents', '/v1/events',
    '/com.snowplowanalytics.snowplow/tp2', '/i',
  ])('%s never redirects, with or without a slash', async (path) => {
    const method = path === '/i' ? 'GET' : 'POST';
    for (const url of [`${served.url}${path}`, `${served.url}${path}/`]) {
      const body = method === 'GET' ? {} : { body: '{}' };
      const answer = await fetch(url, { method, redirect: 'manual', headers: authorization(), ...body });
      expect([200, 400]).toContain(answer.status);
      expect((await fetch(url, { method, redirect: 'manual', ...body })).status).toBe(401);
    }
  }); // prettier-ignore
});
