import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { Analytics } from '@segment/analytics-node';
import { SignJWT } from 'jose';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { newInstallation } from '../../../services/platform/runtime/new-installation.ts';
import { updateInstallation } from '../../../services/platform/runtime/update-installation.ts';
import { runCli } from '../../../cli/run-cli.ts';
import { ingestApi } from '../../../services/ingest/ingest-operations.ts';
import { expectDescribed } from '../../support/expect-described.ts';
import { eventually } from '../../support/eventually.ts';
import { oneIngest } from '../../support/one-ingest.ts';

const served = oneIngest();
let count = 0;

/** `tidewatch key …` on the installation of the running ingest. */
async function key(...args: string[]): Promise<Record<string, string>> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(['key', ...args, '--json'], { env: served.world.env, stdout, stderr, isTerminal: false });
  expect([code, String(stderr.read() ?? '')]).toEqual([0, '']);
  return JSON.parse(String(stdout.read())) as Record<string, string>;
}

const declared = ['--purpose', 'Tests', '--legal-basis', 'contract'];
const create = (source: string, ...more: string[]) =>
  key('create', '--tenant', 'acme', '--source', source, '--channel', 'web', ...declared, ...more);

const aBody = (messageId = `${served.world.prefix}${count++}`, fields = {}) =>
  JSON.stringify({ type: 'page', userId: 'u1', messageId, ...fields });

const post = (body: string, headers: Record<string, string> = {}, query = '') =>
  fetch(`${served.url}/v1/page${query}`, { method: 'POST', body, headers });

const statusOf = async (writeKey: string) => (await post(aBody(), { 'x-write-key': writeKey })).status;

/** Resolves once the running ingest has taken a change of the file in force. */
const answered = (writeKey: string, status: number) =>
  eventually(async () => expect(await statusOf(writeKey)).toBe(status));

/** The real client; what it was told, and where its events stand. */
async function sendBySdk(settings: object, userId: string): Promise<unknown[]> {
  const client = new Analytics({ writeKey: 'none', host: served.url, ...settings });
  const errors: unknown[] = [];
  client.on('error', (error) => errors.push(error.reason ?? error));
  client.track({ userId, event: 'Order Completed', properties: { revenue: 3 } });
  await client.closeAndFlush({ timeout: 20_000 });
  return errors;
}

async function sourcesOf(ids: readonly string[]): Promise<(string | undefined)[]> {
  const records = await served.world.events();
  return ids.map((id) => records.find(({ eventId }) => eventId === id)?.source);
}

describe('ways to say who sends', () => {
  it('Basic, Bearer, X-Write-Key and body are all taken', async () => {
    const { writeKey } = served.world;
    const basic = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
    const ways = [{ authorization: basic }, { authorization: `Bearer ${writeKey}` }, { 'x-write-key': writeKey }, {}];
    const ids = ways.map((_way, index) => `${served.world.prefix}way-${index}`);
    for (const [index, headers] of ways.entries()) {
      const inBody = Object.keys(headers).length === 0 ? { writeKey } : {};
      expect((await post(aBody(ids[index], inBody), headers as Record<string, string>)).status).toBe(200);
    }
    expect(await sourcesOf(ids)).toEqual(['web', 'web', 'web', 'web']);
    expect(await sendBySdk({ writeKey }, 'u-basic')).toEqual([]);
  });

  it('the OAuth of the real Segment client is taken, until the client is revoked', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const file = `${served.world.env['TIDEWATCH_INSTALLATION_FILE']}.client.pem`;
    await writeFile(file, publicKey.export({ type: 'spki', format: 'pem' }));
    const { id } = await create('partner', '--oauth-public-key', file);
    const clientKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const oauthSettings = { clientId: id, keyId: id, clientKey, authServer: served.url };
    await eventually(async () => expect(await sendBySdk({ oauthSettings, maxRetries: 0 }, 'u-oauth')).toEqual([]));
    const records = (await served.world.events()).filter(({ source }) => source === 'partner');
    expect(records).toMatchObject([{ tenant: 'acme', type: 'order.placed', amountMinor: 300 }]);

    const ask = (assertion: string) => {
      const form = { grant_type: 'client_credentials', scope: 'tracking_api:write', client_assertion: assertion };
      return fetch(`${served.url}/token`, { method: 'POST', body: new URLSearchParams(form) });
    };
    const sign = (audience: string) =>
      new SignJWT({ jti: randomUUID() })
        .setProtectedHeader({ alg: 'RS256', kid: id, typ: 'JWT' })
        .setIssuer(id)
        .setSubject(id)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime('60 s')
        .sign(privateKey);
    const signed = await sign(`${served.url}/token`);
    const issued = await ask(signed);
    expect(issued.status).toBe(200);
    expectDescribed(ingestApi, 'POST /token', await issued.json());
    const replayed = await ask(signed);
    expect([replayed.status, await replayed.json()]).toMatchObject([401, { error: 'invalid_client', detail: expect.stringMatching(/used before/) }]); // prettier-ignore
    expect((await ask(await sign('https://other.example'))).status).toBe(401);
    expect((await ask(await sign(served.url))).status).toBe(200);

    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const strangersKey = stranger.export({ type: 'pkcs8', format: 'pem' }).toString();
    const strangers = { oauthSettings: { ...oauthSettings, clientKey: strangersKey }, maxRetries: 0 };
    expect(String((await sendBySdk(strangers, 'u-stranger'))[0])).toMatch(/401/);

    await key('revoke', id);
    await eventually(async () => {
      expect(String((await sendBySdk({ oauthSettings, maxRetries: 0 }, 'u-late'))[0])).toMatch(/401/);
    });
  });

  it('a token request that is none gets a problem with the error of OAuth', async () => {
    for (const [form, status, error] of [
      ['grant_type=password', 400, 'unsupported_grant_type'],
      ['grant_type=client_credentials', 400, 'invalid_request'],
      ['grant_type=client_credentials&client_assertion=a.b.c&scope=admin', 400, 'invalid_scope'],
      ['grant_type=client_credentials&client_assertion=a.b.c', 401, 'invalid_client'],
    ] as const) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await fetch(`${served.url}/token`, { method: 'POST', body: form, headers });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([status, expect.stringMatching(/^application\/problem\+json/)]); // prettier-ignore
      expect(await answer.json()).toMatchObject({ status, error });
    }
  });

  it('a signature after Standard Webhooks is taken once, and not when late or for another body', async () => {
    const made = await create('hooks');
    await answered(made['key'], 200);
    const body = JSON.stringify({ type: 'page', userId: 'u-hook' });
    const webhookId = `${served.world.prefix}hook`;
    const signed = (ageSeconds: number) => {
      const time = new Date(Date.now() - ageSeconds * 1000);
      const signature = new Webhook(made['webhookSecret']).sign(webhookId, time, body);
      const timestamp = String(Math.floor(time.getTime() / 1000));
      return { 'webhook-id': webhookId, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
    };
    const query = `?key=${made['id']}`;
    expect((await post(body, signed(360), query)).status).toBe(401);
    expect((await post(`${body} `, signed(0), query)).status).toBe(401);
    const results = [];
    for (let index = 0; index < 2; index++) {
      const answer = await post(body, signed(0), query);
      expect(answer.status).toBe(200);
      results.push(((await answer.json()) as { results: Record<string, object> }).results[webhookId]);
    }
    expect(results).toMatchObject([{ result: 'accepted' }, { result: 'duplicate' }]);
    expect(await sourcesOf([webhookId])).toEqual(['hooks']);
  });
});

/** Puts a second tenant into the file of the running ingest. */
async function addTenant(id: string): Promise<{ readonly writeKey: string; readonly token: string }> {
  const { file, writeKeys, token } = newInstallation({ tenant: id });
  const path = served.world.env['TIDEWATCH_INSTALLATION_FILE'];
  await updateInstallation(path, (before) => ({
    file: { ...before, tenants: [...before.tenants, ...file.tenants] },
    result: null,
  }));
  await answered(writeKeys['web'], 200);
  return { writeKey: writeKeys['web'], token };
}

describe('a running ingest', () => {
  it('serves dead letters and quality of a tenant that was added meanwhile, and shows them to nobody else', async () => {
    const { writeKey, token } = await addTenant('late');
    const ask = (path: string, bearer: string) =>
      fetch(`${served.url}${path}`, { headers: { authorization: `Bearer ${bearer}` } });
    const body = aBody('late-1', { timestamp: 'never', note: 'Kept for the late tenant' });
    expect((await post(body, { 'x-write-key': writeKey })).status).toBe(200);
    const quality = await ask('/v1/quality?source=web', token);
    expect([quality.status, await quality.json()]).toMatchObject([200, { sources: [{ source: 'web' }] }]);
    const list = async (bearer: string) =>
      ((await (await ask('/v1/dead-letters?eventId=late-1', bearer)).json()) as { letters: { id: string }[] }).letters;
    const [letter] = await list(token);
    const shown = await ask(`/v1/dead-letters/${letter.id}?original=true`, token);
    expect(await shown.json()).toMatchObject({
      original: expect.stringContaining('Kept for the late tenant') as string,
    });
    expect(await list(served.world.token)).toEqual([]);
  });

  it('takes new keys, lets both be valid while they overlap, and refuses what is revoked', async () => {
    const first = await create('shop');
    await answered(first['key'], 200);
    const second = await key('rotate', first['id'], '--overlap', '7d');
    await answered(second['key'], 200);
    expect(await statusOf(first['key'])).toBe(200);
    await key('revoke', first['id']);
    await answered(first['key'], 401);
    expect(await statusOf(second['key'])).toBe(200);
    const third = await key('rotate', second['id'], '--overlap', '0s');
    await answered(third['key'], 200);
    expect(await statusOf(second['key'])).toBe(401);
  });

  it('keeps the old keys while the file is broken, says so, and takes the next good one', async () => {
    const path = served.world.env['TIDEWATCH_INSTALLATION_FILE'];
    const good = await readFile(path, 'utf8');
    const refused = async (): Promise<number> => {
      const text = await (await fetch(`${served.url}/metrics`)).text();
      return Number(/^tidewatch_ingest_installation_changes_total\{result="refused"\} (\d+)$/m.exec(text)?.[1]);
    };
    const before = await refused();
    await writeFile(path, '{"format": 2');
    await eventually(async () => expect(await refused()).toBeGreaterThan(before));
    expect(await statusOf(served.world.writeKey)).toBe(200);
    await writeFile(path, good);
    const made = await create('after');
    await answered(made['key'], 200);
  });

  it('holds back a key that is over its limit, and only that one', async () => {
    const made = await create('limited', '--rate-limit', '1');
    await answered(made['key'], 200);
    const batch = Array.from({ length: 55 }, () => JSON.parse(aBody()) as object);
    const send = () =>
      fetch(`${served.url}/v1/batch`, {
        method: 'POST',
        body: JSON.stringify({ batch }),
        headers: { 'x-write-key': made['key'] },
      });
    expect((await send()).status).toBe(200);
    const held = await send();
    expect(held.status).toBe(429);
    // 56 events were taken, of which 10 may come at once; a slow machine lets some of the wait pass
    const wait = Number(held.headers.get('retry-after'));
    expect(wait).toBeGreaterThanOrEqual(5);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await held.json()).toMatchObject({ status: 429, code: 'ERR_RATE_LIMITED' });
    expect(await statusOf(served.world.writeKey)).toBe(200);
    const text = await (await fetch(`${served.url}/metrics`)).text();
    expect(text).toMatch(/^tidewatch_ingest_rate_limited_total [1-9]\d*$/m);
    // Sources are few and are labels of the quality counts; keys never are.
    for (const name of [made['id'], made['key']]) expect(text).not.toContain(name);
  });

  it('delivers what the real client sends again after the wait it was told', async () => {
    const made = await create('patient', '--rate-limit', '10');
    await answered(made['key'], 200);
    const batch = Array.from({ length: 115 }, () => JSON.parse(aBody()) as object);
    const headers = { 'x-write-key': made['key'] };
    const filled = await fetch(`${served.url}/v1/batch`, { method: 'POST', body: JSON.stringify({ batch }), headers });
    expect(filled.status).toBe(200);
    const client = new Analytics({ writeKey: made['key'], host: served.url });
    const [errors, attempts]: [unknown[], (string | undefined)[]] = [[], []];
    client.on('error', (error) => errors.push(error));
    client.on('http_request', (request) => attempts.push(request.headers['X-Retry-Count']));
    client.track({ userId: 'u-patient', event: 'Order Completed', properties: { revenue: 9 } });
    await client.closeAndFlush({ timeout: 20_000 });
    expect(errors).toEqual([]);
    expect(attempts).toEqual([undefined, '1']);
    const orders = (await served.world.events()).filter(
      ({ source, type }) => source === 'patient' && type === 'order.placed',
    );
    expect(orders).toMatchObject([{ amountMinor: 900 }]);
  });
});
