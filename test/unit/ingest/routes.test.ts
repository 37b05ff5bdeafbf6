import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import { createAdmissionDesk } from '../../../services/ingest/admission.ts';
import { nodeInflate } from '../../../services/ingest/body/inflate.ts';
import { dialects } from '../../../services/ingest/dialects/dialects.ts';
import { createIngestPipeline } from '../../../services/ingest/pipeline.ts';
import { ingestLimits } from '../../../services/ingest/ingest-limits.ts';
import { ingestApi } from '../../../services/ingest/ingest-operations.ts';
import { addIngestRoutes } from '../../../services/ingest/routes.ts';
import type { IngestRoutesDeps } from '../../../services/ingest/routes.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { createHttpServer } from '../../../services/platform/http/http-server.ts';
import { createMemoryClaimStore } from '../../../services/platform/memory/memory-claim-store.ts';
import { createVirtualClock } from '../../../services/platform/memory/virtual-clock.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../services/platform/telemetry/metrics.ts';
import { createKeyring } from '../../../services/ingest/auth/keyring.ts';
import { eventually } from '../../support/eventually.ts';
import { expectDescribed } from '../../support/expect-described.ts';
import { aSendingKey, testAccess, testWebhookSecret } from '../../support/ingest-access.ts';
import {
  aSender, createRecordingSink, createRecordingTelemetry, jsonCodec, plan, readRecord, receivedAt,
} from './ingest-fixtures.ts'; // prettier-ignore

const bearer = { authorization: 'Bearer wk' };
const basic = { authorization: `Basic ${Buffer.from('wk:').toString('base64')}` };
const track = { type: 'track', event: 'Order Completed', messageId: 'e1', userId: 'u1', properties: { revenue: 5 } };

function createIngest(changes: Partial<IngestRoutesDeps> = {}) {
  const { desk = createAdmissionDesk(ingestLimits) } = changes;
  const clock = createVirtualClock(receivedAt);
  const sink = createRecordingSink();
  const telemetry = createRecordingTelemetry();
  const server = createHttpServer({
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('ingest'),
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
  });
  const pipeline = createIngestPipeline({
    codec: jsonCodec(),
    deadLetterCodec: jsonCodec(),
    sink,
    claims: createMemoryClaimStore(clock),
    clock,
    digest: nodeDigest,
    plan: () => plan,
    deadline: (work) => work.then(() => true),
    topics: { events: 'events', eventsDeadLetter: 'dlq' },
    partitions: 3,
    telemetry,
  });
  const access = { ...testAccess(createKeyring([aSendingKey('wk', aSender())])), ...changes };
  addIngestRoutes(server, {
    dialects,
    pipeline,
    inflate: nodeInflate,
    desk,
    telemetry,
    eventsPerRequest: 10_000,
    ...access,
  });
  onTestFinished(() => server.close());
  const post = (url: string, payload: string | Buffer | object, headers: Record<string, string> = basic) =>
    server.inject({ method: 'POST', url, payload, headers });
  return { server, sink, telemetry, desk, post };
}

describe('the ingest routes', () => {
  it.each([
    ['/v1/batch'], ['/v1/batch/'], ['/v1/b'], ['/v1/b/'],
  ])('take a batch at %s', async (url) => {
    const answer = await createIngest().post(url, { batch: [track] });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ success: true, results: { e1: { result: 'accepted' } } });
    expectDescribed(ingestApi, 'POST /v1/batch', answer.json());
  }); // prettier-ignore

  it.each(['track', 't', 'identify', 'i', 'page', 'p', 'screen', 's', 'group', 'g', 'alias', 'a'])(
    'take one event at /v1/%s, with and without a slash',
    async (call) => {
      const { post, sink } = createIngest();
      for (const [index, slash] of ['', '/'].entries()) {
        const answer = await post(`/v1/${call}${slash}`, { ...track, messageId: `e${index}` });
        expect(answer.statusCode).toBe(200);
      }
      expect(sink.published.map((each) => readRecord(each).eventId)).toEqual(['e0', 'e1']);
    },
  );

  it.each([
    ['JSON', 'application/json'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['plain text', 'text/plain;charset=UTF-8'],
    ['nothing known', 'x/y'],
    ['no media type', 'json; charset'],
    ['an empty text', ''],
  ])('take gzip under the content type of %s', async (_what, type) => {
    const body = gzipSync(JSON.stringify({ batch: [track] }));
    const headers = { ...basic, 'content-type': type, 'content-encoding': 'gzip' };
    const answer = await createIngest().post('/v1/batch', body, headers);
    expect(answer.json()).toMatchObject({ results: { e1: { result: 'accepted' } } });
  });

  it('take a body without any content type', async () => {
    const answer = await createIngest().post('/v1/batch', Buffer.from(JSON.stringify({ batch: [track] })), basic);
    expect(answer.statusCode).toBe(200);
  });

  it.each([
    ['Basic', basic, {}],
    ['Bearer', { authorization: 'Bearer wk' }, {}],
    ['X-Write-Key', { 'x-write-key': 'wk' }, {}],
    ['the body', {}, { writeKey: 'wk' }],
  ])('know the sender by the key in %s', async (_what, headers: Record<string, string>, fields) => {
    const { post, sink } = createIngest();
    const payload = { ...fields, tenant: 'forged', source: 'forged', batch: [{ ...track, tenant: 'forged' }] };
    expect((await post('/v1/batch', payload, headers)).statusCode).toBe(200);
    expect(readRecord(sink.published[0])).toMatchObject({ tenant: 'acme', source: 'shop' });
  });

  it.each([
    ['no key', {}, {}],
    ['an unknown key', { authorization: 'Bearer other' }, {}],
    ['an unknown key before a good one in the body', { authorization: 'Bearer other' }, { writeKey: 'wk' }],
    ['an unknown key in the body', {}, { writeKey: 'other' }],
    ['a key in the body that is no text', {}, { writeKey: ['wk'] }],
    ['a prototype for a key', { authorization: 'Bearer __proto__' }, {}],
  ])('refuse %s', async (_what, headers: Record<string, string>, fields) => {
    const { post, sink } = createIngest();
    const answer = await post('/v1/batch', { ...fields, batch: [track] }, headers);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ status: 401, code: 'ERR_UNAUTHORIZED' });
    expect(sink.published).toEqual([]);
  });

  it.each([
    ['invalid JSON', '{"batch":[{"email":"jane@x.org",}]}', 400, 'ERR_JSON_INVALID'],
    ['an empty body', '', 400, 'ERR_JSON_INVALID'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400, 'ERR_ENCODING_INVALID'],
    ['a batch that is no list', '{"batch":{"0":{}}}', 400, 'ERR_EVENT_INVALID'],
    ['no batch at all', '[]', 400, 'ERR_EVENT_INVALID'],
    ['a body beyond the limit', Buffer.alloc(8 * 1024 * 1024 + 1, 0x20), 413, 'ERR_BODY_TOO_LARGE'],
    ['more events than may be', `{"batch":[${'1,'.repeat(10_000)}1]}`, 413, 'ERR_BODY_TOO_LARGE'],
  ])('refuse %s and show nothing of it', async (_what, body, status, code) => {
    const answer = await createIngest().post('/v1/batch', body);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ status, code });
    expect(answer.body).not.toMatch(/jane/);
  });

  it('refuse a compressed bomb', async () => {
    const headers = { ...basic, 'content-encoding': 'gzip' };
    const answer = await createIngest().post('/v1/batch', gzipSync(Buffer.alloc(32 * 1024 * 1024, 0x20)), headers);
    expect(answer.statusCode).toBe(413);
  });

  it('answer an empty batch with no results', async () => {
    const answer = await createIngest().post('/v1/batch', { batch: [] });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ success: true, results: {} });
  });

  it('answer each event of a mixed batch by itself, under its id or its place', async () => {
    const batch = [
      track,
      null,
      { ...track, messageId: undefined },
      'x',
      { ...track, messageId: 'late', timestamp: '1970-01-01' },
    ];
    const answer = await createIngest().post('/v1/batch', { batch });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      results: {
        e1: { result: 'accepted', code: null },
        '#1': { result: 'rejected', code: 'ERR_EVENT_INVALID' },
        '#2': { result: 'rejected', code: 'ERR_EVENT_INVALID' },
        '#3': { result: 'rejected', code: 'ERR_EVENT_INVALID' },
        late: { result: 'rejected', code: 'ERR_EVENT_TIME' },
      },
      counts: { accepted: 1, rejected: 4 },
    });
  });

  it('ask to come back later when nothing can be written, with the wait in the header', async () => {
    const { post, sink } = createIngest();
    sink.failure = new EngineError('ERR_LOG_UNAVAILABLE', 'Kafka is away', { retryable: true });
    const answer = await post('/v1/batch', { batch: [track] });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('3');
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ status: 503, code: 'ERR_LOG_UNAVAILABLE' });
  });

  it('turn requests down while too much is unfinished, and give every share back', async () => {
    const { post, sink, telemetry, desk } = createIngest({
      desk: createAdmissionDesk({ requestsInFlight: 1, bytesInFlight: 1_000_000 }),
    });
    const gate = Promise.withResolvers<undefined>();
    sink.gate = gate.promise;
    const first = post('/v1/batch', { batch: [track] });
    await eventually(() => expect(desk.requestsInFlight).toBe(1), { intervalMs: 1 });
    const second = await post('/v1/batch', { batch: [] });
    expect(second.statusCode).toBe(503);
    expect(second.headers['retry-after']).toBe('3');
    expect(second.json()).toMatchObject({ code: 'ERR_OVERLOADED' });
    gate.resolve(undefined);
    expect((await first).statusCode).toBe(200);
    await eventually(() => expect(desk).toMatchObject({ requestsInFlight: 0, bytesInFlight: 0 }), { intervalMs: 1 });
    expect(telemetry.counts).toMatchObject({ turnedDown: 1 });
  });

  it('let no stranger that only announces a body shut out who shows a key', async () => {
    const { server, desk } = createIngest({ desk: createAdmissionDesk({ ...ingestLimits, requestsInFlight: 16 }) });
    await server.listen({ host: '127.0.0.1', port: 0 });
    const { port } = server.server.address() as AddressInfo;
    const strangers = Array.from({ length: 20 }, () => connect(port, '127.0.0.1'));
    onTestFinished(() => strangers.forEach((each) => each.destroy()));
    const announce = `POST /v1/batch HTTP/1.1\r\nhost: x\r\ncontent-length: ${ingestLimits.bodyBytes}\r\n\r\n{`;
    for (const each of strangers) each.write(announce);
    await expect.poll(() => desk).toMatchObject({ requestsInFlight: 2, bytesInFlight: 2 });
    const url = `http://127.0.0.1:${port}/v1/track`;
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(track), headers: basic });
    expect(answer.status).toBe(200);
    expect(server.server.requestTimeout).toBe(60_000);
  });

  it('turn a stranger down whose body finds no room while it comes, and a body that is too large', async () => {
    const { post, desk } = createIngest({ desk: createAdmissionDesk({ requestsInFlight: 32, bytesInFlight: 2_400 }) });
    desk.admit(0, '127.0.0.1');
    const text = JSON.stringify({ writeKey: 'wk', batch: [track] });
    expect((await post('/v1/batch', text, {})).statusCode).toBe(200);
    const answer = await post('/v1/batch', text + ' '.repeat(200), {});
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('3');
    const large = await createIngest().post('/v1/batch', ' '.repeat(ingestLimits.bodyBytes + 1));
    expect(large.statusCode).toBe(413);
    expect(large.json()).toMatchObject({ detail: expect.stringContaining('send smaller batches') as string });
    expect(desk).toMatchObject({ requestsInFlight: 1, bytesInFlight: 0 });
  });

  it('refuse a body of brackets or commas alone before it is parsed', async () => {
    const { post } = createIngest();
    for (const text of ['['.repeat(250_001), '{"batch":[' + '{},'.repeat(250_001), `[${'0,'.repeat(1_000_001)}0]`]) {
      const answer = await post('/v1/batch', text);
      expect(answer.statusCode).toBe(413);
      expect(answer.json()).toMatchObject({ code: 'ERR_BODY_TOO_LARGE' });
    }
  });

  it('take only what was written for a sign that Kafka writes again', async () => {
    const finished: boolean[] = [];
    const { post, sink, desk } = createIngest({
      backlog: { finished: (wrote) => void finished.push(wrote), failed: () => undefined, retryAfterSeconds: () => 3 },
    });
    const gate = Promise.withResolvers<undefined>();
    sink.gate = gate.promise;
    const send = () =>
      post('/i/v1/analytics/events', { batch: [{ event: 'purchase', uuid: 'p1', distinct_id: 'u1' }] }, bearer);
    const first = send();
    await eventually(() => expect(desk.requestsInFlight).toBe(1), { intervalMs: 1 });
    const waiting = (await send()).json<object>();
    expect(waiting).toMatchObject({ results: { p1: { result: 'retry' } } });
    expectDescribed(ingestApi, 'POST /i/v1/analytics/events', waiting);
    expect(finished).toEqual([]);
    gate.resolve(undefined);
    await first;
    await send();
    expect(finished).toEqual([true, false]);
  });

  it('hold a key back that is over its limit, with a problem and the wait', async () => {
    const asked: unknown[] = [];
    const { post, sink, telemetry } = createIngest({
      limitSender: (key, events) => Promise.resolve(asked.push([key.id, events]) > 1 ? 0 : 4_000),
      backlog: { finished: () => undefined, failed: () => undefined, retryAfterSeconds: (over) => over / 1000 },
    });
    const answer = await post('/v1/batch', { batch: [track, { ...track, messageId: 'e2' }] });
    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBe('4');
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ status: 429, code: 'ERR_RATE_LIMITED' });
    expect(sink.published).toEqual([]);
    expect((await post('/v1/batch', { batch: [track] })).statusCode).toBe(200);
    expect(asked).toEqual([
      ['key-wk', 2],
      ['key-wk', 1],
    ]);
    expect(telemetry.counts).toMatchObject({ rateLimited: 1, accepted: 1 });
  });

  it('count retries of PostHog as well', async () => {
    const { post, telemetry } = createIngest();
    for (const attempt of ['1', '2', 'x'])
      await post('/v1/batch', { batch: [] }, { ...basic, 'posthog-attempt': attempt });
    expect(telemetry.counts).toMatchObject({ first: 2, retry: 1 });
  });

  it('count retries apart from first attempts', async () => {
    const { post, telemetry } = createIngest();
    for (const count of ['0', '1', '17', 'x']) {
      await post('/v1/batch', { batch: [] }, { ...basic, 'x-retry-count': count });
    }
    expect(telemetry.counts).toMatchObject({ first: 2, retry: 2 });
  });

  it('never redirect', async () => {
    const { server } = createIngest();
    for (const url of ['/v1', '/v1/', '/v1//batch', '/batch', '/v1/batch/x', '/V1/BATCH', '//v1/batch']) {
      const answer = await server.inject({ method: 'POST', url, payload: {}, headers: basic });
      expect([404, 200]).toContain(answer.statusCode);
    }
    expect((await server.inject({ method: 'GET', url: '/v1/batch/' })).statusCode).toBe(405);
  });
});

describe('signed requests', () => {
  const body = JSON.stringify({ type: 'track', event: 'Order Completed', userId: 'u1', properties: { revenue: 5 } });
  const sign = (text: string, { id = 'msg-1', ageSeconds = 0, secret = testWebhookSecret } = {}) => {
    const time = new Date(Date.now() - ageSeconds * 1000);
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(time.getTime() / 1000)),
      'webhook-signature': `v1,AAAA v2,x v1 ${new Webhook(secret).sign(id, time, text)}`,
    };
  };
  const url = '/v1/track?key=key-wk';

  it('are taken, and their events named by the webhook', async () => {
    const { post, sink } = createIngest();
    expect((await post(url, body, sign(body))).json()).toMatchObject({ results: { 'msg-1': { result: 'accepted' } } });
    expect((await post(url, body, sign(body))).json()).toMatchObject({ results: { 'msg-1': { result: 'duplicate' } } });
    expect(sink.published.map((each) => readRecord(each).eventId)).toEqual(['msg-1']);
  });

  it('keep the ids that events have, and number the others of a batch', async () => {
    const text = JSON.stringify({ batch: [JSON.parse(body), { ...track, messageId: 'own' }] });
    const answer = await createIngest().post('/v1/batch?key=key-wk', text, sign(text));
    expect(Object.keys(answer.json<{ results: object }>().results)).toEqual(['msg-1#0', 'own']);
  });

  it('are taken compressed, with the signature of the text', async () => {
    const headers = { ...sign(body), 'content-encoding': 'gzip' };
    expect((await createIngest().post(url, gzipSync(body), headers)).statusCode).toBe(200);
  });

  it('are refused where the event stands outside of what the signature covers', async () => {
    const { post, server, sink } = createIngest();
    const ce = {
      'ce-id': '1',
      'ce-source': '/s',
      'ce-type': 'com.acme.order',
      'ce-specversion': '1.0',
      'ce-subject': 'u1',
    };
    const binary = await post('/v1/cloudevents?key=key-wk', '{}', { ...sign('{}'), ...ce });
    const query = '/i?key=key-wk&e=pv&eid=1&uid=u1';
    const get = await server.inject({ method: 'GET', url: query, headers: sign('') });
    for (const answer of [binary, get]) {
      expect(answer.statusCode).toBe(401);
      expect(answer.json()).toMatchObject({ detail: expect.stringContaining('covers the body alone') as string });
    }
    expect(sink.published).toEqual([]);
  });

  it.each([
    ['six minutes old', url, () => sign(body, { ageSeconds: 360 })],
    ['six minutes ahead', url, () => sign(body, { ageSeconds: -360 })],
    ['made for another body', url, () => sign(`${body} `)],
    ['made with another secret', url, () => sign(body, { secret: `whsec_${Buffer.alloc(32, 6).toString('base64')}` })],
    ['without a key', '/v1/track', () => sign(body)],
    ['of an unknown key', '/v1/track?key=key-x', () => sign(body)],
    ['without a time', url, () => ({ 'webhook-id': 'msg-1', 'webhook-signature': sign(body)['webhook-signature'] })],
    ['given to another id', url, () => ({ ...sign(body), 'webhook-id': 'msg-2' })],
    ['missing', url, () => ({})],
  ])('are refused when the signature is %s', async (_what, path, signed) => {
    const { post, sink } = createIngest();
    // Signed only now: on a slow machine the time of loading this file may be long ago.
    const answer = await post(path, body, signed());
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'ERR_UNAUTHORIZED' });
    expect(sink.published).toEqual([]);
  });
});
