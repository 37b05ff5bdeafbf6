import { gzipSync } from 'node:zlib';
import { Analytics } from '@segment/analytics-node';
import { describe, expect, it } from 'vitest';
import { surrogateId } from '../../../services/core/identity/surrogate-id.ts';
import { createAesSealer } from '../../../services/platform/crypto/aes-sealer.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { oneIngest } from '../../support/one-ingest.ts';
import { openHttpProxy } from './http-proxy.ts';

const served = oneIngest();

interface Sent {
  readonly errors: unknown[];
  readonly retryCounts: (string | undefined)[];
  readonly ids: string[];
}

/** Lets the real client send, and waits until it is done. */
async function send(act: (client: Analytics) => void, settings: object = {}): Promise<Sent> {
  const client = new Analytics({ writeKey: served.world.writeKey, host: served.url, flushAt: 1000, ...settings });
  const sent: Sent = { errors: [], retryCounts: [], ids: [] };
  client.on('error', (error) => sent.errors.push(error.reason));
  client.on('http_request', ({ headers, body }) => {
    sent.retryCounts.push(headers['X-Retry-Count']);
    const { batch } = JSON.parse(String(body)) as { batch: { messageId: string }[] };
    if (sent.ids.length === 0) sent.ids.push(...batch.map(({ messageId }) => messageId));
  });
  act(client);
  await client.closeAndFlush({ timeout: 20_000 });
  return sent;
}

async function counts(): Promise<Record<string, number>> {
  const text = await (await fetch(`${served.url}/metrics`)).text();
  const lines = text.matchAll(/^tidewatch_events_total\{result="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, result, value]) => [result, Number(value)]));
}

const newIds = async (ids: readonly string[]) =>
  (await served.world.events()).filter(({ eventId }) => ids.includes(eventId));

describe('the real Segment client', () => {
  it('sees its six calls arrive as six records of the right types', async () => {
    const { errors, ids } = await send((client) => {
      client.identify({ userId: 'u1', traits: { email: 'jane@example.com', plan: 'gold' } });
      client.track({ userId: 'u1', event: 'Order Completed', properties: { revenue: 10, coupon: 'c' } });
      client.group({ userId: 'u1', groupId: 'g1' });
      client.page({ userId: 'u1', name: 'Home' });
      client.screen({ userId: 'u1', name: 'Start' });
      client.alias({ userId: 'u1', previousId: 'a1' });
    });
    expect(errors).toEqual([]);
    const records = await newIds(ids);
    const byId = new Map(records.map((record) => [record.eventId, record]));
    expect(ids.map((id) => [byId.get(id)?.type, byId.get(id)?.name, byId.get(id)?.channel])).toEqual([
      ['customer.upserted', null, 'web'],
      ['order.placed', null, 'web'],
      ['custom', 'group', 'web'],
      ['page.viewed', null, 'web'],
      ['page.viewed', null, 'app'],
      ['custom', 'alias', 'web'],
    ]);
    expect(records).toHaveLength(6);
    const tenant = served.world.installation.tenants[0];
    const surrogate = surrogateId(nodeDigest, tenant.pseudonymKey, 'user', 'u1');
    expect(new Set(records.map((record) => record.surrogate))).toEqual(new Set([surrogate]));
    expect(byId.get(ids[1])).toMatchObject({ amountMinor: 1000, currency: 'GBP', reportingAmountMinor: 1000 });
    const email = byId.get(ids[0])?.envelope?.fields.find(({ name }) => name === 'email');
    const sealer = createAesSealer(tenant.envelopeKey.id, tenant.envelopeKey.key);
    expect(sealer.open(email!.sealed, `acme|${surrogate}|email`).toString()).toBe('jane@example.com');
  });

  it('is told that its key is wrong, and nothing is written', async () => {
    const before = (await served.world.events()).length;
    const { errors } = await send((client) => client.track({ userId: 'u1', event: 'x' }), { writeKey: 'wrong' });
    expect(String(errors[0])).toMatch(/\[401\] Unauthorized/);
    expect((await served.world.events()).length).toBe(before);
  });

  it('sends again after a lost answer, and the event is there once', async () => {
    const before = await counts();
    const proxy = await openHttpProxy(served.url, ['forward and drop', 'forward and hang', 'pass']);
    const { errors, retryCounts, ids } = await send(
      (client) => client.track({ userId: 'u2', event: 'Order Completed', properties: { revenue: 7 } }),
      { host: proxy.url, httpRequestTimeout: 1000 },
    );
    await proxy.close();
    expect(errors).toEqual([]);
    expect(retryCounts).toEqual([undefined, '1', '2']);
    expect(await newIds(ids)).toHaveLength(1);
    const after = await counts();
    expect(after.accepted - before.accepted).toBe(1);
    expect(after.duplicate - before.duplicate).toBe(2);
  });

  it('sees a batch succeed of which one event is too large; that one is kept with its reason', async () => {
    const before = await counts();
    let bytes = 0;
    const { errors, ids } = await send((client) => {
      client.on('http_request', ({ body }) => (bytes = String(body).length));
      for (let index = 0; index <= 40; index++) {
        const size = index === 20 ? 40_000 : 20_000;
        client.track({ userId: 'u3', event: 'Note Written', properties: { text: 'x'.repeat(size) } });
      }
    });
    expect(errors).toEqual([]);
    expect(bytes).toBeGreaterThan(840_000);
    expect(await newIds(ids)).toHaveLength(40);
    const letters = (await served.world.deadLetters()).filter(({ eventId }) => ids.includes(eventId ?? ''));
    expect(letters).toMatchObject([{ eventId: ids[20], code: 'ERR_EVENT_TOO_LARGE', tenant: 'acme', source: 'web' }]);
    const after = await counts();
    expect([after.accepted - before.accepted, after.rejected - before.rejected]).toEqual([40, 1]);
  });

  it('is never redirected, with or without a slash', async () => {
    for (const path of ['/v1/batch', '/v1/batch/']) {
      const { errors, retryCounts, ids } = await send((client) => client.page({ userId: 'u4' }), { path });
      expect(errors).toEqual([]);
      expect(retryCounts).toHaveLength(1);
      expect(await newIds(ids)).toHaveLength(1);
    }
  });
});

describe('the ingest service', () => {
  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(`${served.url}/v1/batch`, {
      method: 'POST',
      body,
      redirect: 'error',
      headers: { authorization: `Basic ${Buffer.from(`${served.world.writeKey}:`).toString('base64')}`, ...headers },
    });

  it('takes gzip that calls itself a form', async () => {
    const event = { type: 'track', event: 'x', messageId: `${served.world.prefix}gzip`, userId: 'u5' };
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' };
    const answer = await post(gzipSync(JSON.stringify({ batch: [event] })), headers);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ results: { [event.messageId]: { result: 'accepted' } } });
  });

  it('accepts the good neighbours of a bad event', async () => {
    const event = (id: string, fields = {}) => ({
      type: 'track',
      event: 'x',
      messageId: served.world.prefix + id,
      userId: 'u6',
      ...fields,
    });
    const batch = [event('good1'), event('bad', { timestamp: 'never' }), 7, event('good2')];
    const answer = await post(JSON.stringify({ batch }));
    expect(await answer.json()).toMatchObject({ counts: { accepted: 2, rejected: 2 } });
    const ids = [`${served.world.prefix}good1`, `${served.world.prefix}good2`];
    expect((await newIds(ids)).map(({ eventId }) => eventId).sort()).toEqual(ids);
    expect(await served.world.deadLetters()).toContainEqual(
      expect.objectContaining({ eventId: `${served.world.prefix}bad`, code: 'ERR_EVENT_TIME' }),
    );
  });

  it('keeps another event under a known id apart, as a conflict', async () => {
    const event = { type: 'track', event: 'x', messageId: `${served.world.prefix}twice`, userId: 'u7' };
    await post(JSON.stringify({ batch: [event] }));
    const answer = await post(JSON.stringify({ batch: [{ ...event, userId: 'u8' }] }));
    expect(await answer.json()).toMatchObject({ results: { [event.messageId]: { result: 'conflict' } } });
    expect(await newIds([event.messageId])).toHaveLength(1);
  });
});
