import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { SecretKey } from '../../../services/platform/crypto/secret-key.ts';
import { createGuardedPost, type ResolvedAddress } from '../../../services/platform/webhooks/guarded-post.ts';
import { type AllowedHost, createHostGuard } from '../../../services/platform/webhooks/host-guard.ts';
import { createSignedWebhookCaller } from '../../../services/platform/webhooks/signed-webhook-caller.ts';
import { generate } from 'selfsigned';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

const local: readonly AllowedHost[] = [
  { host: '127.0.0.1', networks: ['loopback'] },
  { host: 'hooks.test', networks: ['loopback'] },
  { host: 'public.test', networks: [] },
];

interface Seen {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A receiver that keeps what it gets and answers as it is told. */
async function receive(answer: (response: ServerResponse, count: number) => void) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer(response, seen.length);
    });
  });
  const port = await listenTo(server);
  return { seen, port, url: `http://127.0.0.1:${port}/hook` };
}

async function listenTo(server: Server | ReturnType<typeof createRawServer>): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => void sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}

/** A receiver that says exactly these bytes, and then keeps still. */
async function say(text: string, drip: string | null = null): Promise<string> {
  const server = createRawServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(text);
      if (drip === null) socket.end();
      else {
        const timer = setInterval(() => socket.write(drip), 20);
        socket.on('close', () => clearInterval(timer));
      }
    });
  });
  return `http://127.0.0.1:${await listenTo(server)}/`;
}

const body = JSON.stringify({ type: 'task.opened', data: { text: '生日快乐' } });
const secretBytes = Buffer.alloc(32, 7);
const secret = `whsec_${secretBytes.toString('base64')}`;

function call(url: string, { timeoutMs = 10_000, resolve, ca, now = Date.now() }: CallOptions = {}) {
  const post = createGuardedPost({
    guard: createHostGuard(local),
    ...(resolve === undefined ? {} : { resolve }),
    ...(ca === undefined ? {} : { ca }),
  });
  const secrets = [Buffer.alloc(32, 9), secretBytes].map((bytes) => new SecretKey(bytes));
  return createSignedWebhookCaller({ post, secrets, clock: { now: () => now } }).call({
    url,
    id: 'call-1',
    at: now,
    body,
    timeoutMs,
  });
}

interface CallOptions {
  readonly timeoutMs?: number;
  readonly resolve?: (host: string) => Promise<readonly ResolvedAddress[]>;
  readonly ca?: string;
  readonly now?: number;
}

const failed = (reason: string) => ({ ok: false, reason, isFinal: false, retryAfterMs: null });
const loopback = [{ address: '127.0.0.1', family: 4 }];

describe('a signed call', () => {
  it('arrives as it was signed, under its id, and verifies under each of two secrets', async () => {
    const { seen, url } = await receive((response) => response.end('{}'));
    expect(await call(url)).toEqual({ ok: true });
    expect(seen).toHaveLength(1);
    const headers = seen[0].headers as Record<string, string>;
    expect(headers['webhook-id']).toBe('call-1');
    expect(seen[0].body).toBe(body);
    expect(new Webhook(secret).verify(seen[0].body, headers)).toEqual(JSON.parse(body));
    const other = new Webhook(Buffer.alloc(32, 9).toString('base64'));
    expect(other.verify(seen[0].body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(secret).verify(`${seen[0].body} `, headers)).toThrow();
  });

  it('goes over TLS to the name that the certificate is for', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'hooks.test' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'hooks.test' }] }],
    });
    const port = await listenTo(createSecureServer({ key, cert }, (_request, response) => response.end()));
    const resolve = () => Promise.resolve(loopback);
    expect(await call(`https://hooks.test:${port}/`, { resolve, ca: cert })).toEqual({ ok: true });
    expect(await call(`https://hooks.test:${port}/`, { resolve })).toEqual(failed('certificate-refused'));
    expect(await call(`https://127.0.0.1:${port}/`, { ca: cert })).toEqual(failed('certificate-refused'));
  });

  it.each([
    [500, {}, { ...failed('status-500') }],
    [404, {}, { ...failed('status-404') }],
    [410, {}, { ...failed('status-410'), isFinal: true }],
    [429, { 'retry-after': '120' }, { ...failed('status-429'), retryAfterMs: 120_000 }],
    [503, { 'retry-after': 'Thu, 15 Jan 2026 12:01:00 GMT' }, { ...failed('status-503'), retryAfterMs: 60_000 }],
    [503, { 'retry-after': 'soon' }, { ...failed('status-503') }],
  ])('tells what %i means', async (status, headers, expected) => {
    const { url } = await receive((response) => response.writeHead(status, headers).end('no'));
    expect(await call(url, { now: Date.UTC(2026, 0, 15, 12) })).toEqual(expected);
  });

  it.each([301, 302, 303, 307, 308])('follows no %i', async (status) => {
    const target = await receive((response) => response.end());
    const { url } = await receive((response) => response.writeHead(status, { location: target.url }).end());
    expect(await call(url)).toEqual(failed('redirect'));
    expect(target.seen).toEqual([]);
  });
});

describe('a receiver that lies or hangs', () => {
  it('never answers', async () => {
    const { url } = await receive(() => undefined);
    expect(await call(url, { timeoutMs: 200 })).toEqual(failed('timeout'));
  });

  it.each([
    ['a length that is too long', 'HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{}', null, 'answer-broken'],
    [
      'chunks without an end',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n',
      null,
      'answer-broken',
    ],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n{}', null, 'answer-broken'],
    ['something else than HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', null, 'answer-broken'],
    ['a body that drips for ever', 'HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n', 'x', 'timeout'],
    ['a head that drips for ever', 'HTTP/1.1 200 OK\r\nx-a: ', 'y', 'timeout'],
    ['a head without end', `HTTP/1.1 200 OK\r\nx-a: ${'y'.repeat(40_000)}`, 'y', 'answer-broken'],
  ])('answers with %s', async (_what, text, drip, reason) => {
    expect(await call(await say(text, drip), { timeoutMs: 500 })).toEqual(failed(reason));
  });

  it('answers with more than anybody reads: it has taken the call', async () => {
    const text = `HTTP/1.1 200 OK\r\ncontent-length: 9999999\r\n\r\n${'x'.repeat(40_000)}`;
    expect(await call(await say(text, 'x'))).toEqual({ ok: true });
  });

  it('is not there', async () => {
    const { url } = await receive((response) => response.end());
    await open.pop()?.();
    expect(await call(url)).toEqual(failed('connection-refused'));
  });
});

describe('the guard against calls into the own house', () => {
  it('connects to the address that was checked, although the name has another one by then', async () => {
    const { seen, port } = await receive((response) => response.end());
    let asked = 0;
    // The first answer is allowed; who asks again is led to where nothing may go.
    const resolve = () => {
      asked += 1;
      return Promise.resolve(asked === 1 ? loopback : [{ address: '169.254.169.254', family: 4 }]);
    };
    expect(await call(`http://hooks.test:${port}/`, { resolve })).toEqual({ ok: true });
    expect([asked, seen.length]).toEqual([1, 1]);
    expect(seen[0].headers.host).toBe(`hooks.test:${port}`);
    expect(await call(`http://hooks.test:${port}/`, { resolve })).toEqual(failed('address-refused'));
    expect(seen).toHaveLength(1);
  });

  it('refuses a name of which one address is closed', async () => {
    const { seen, port } = await receive((response) => response.end());
    const resolve = () => Promise.resolve([...loopback, { address: '10.0.0.1', family: 4 }]);
    expect(await call(`http://hooks.test:${port}/`, { resolve })).toEqual(failed('address-refused'));
    expect(seen).toEqual([]);
  });

  it('counts the look-up into the time limit', async () => {
    const resolve = () => new Promise<never>(() => undefined);
    expect(await call('https://public.test/', { resolve, timeoutMs: 100 })).toEqual(failed('timeout'));
    const refuse = () => Promise.reject(new Error('ENOTFOUND'));
    expect(await call('https://public.test/', { resolve: refuse })).toEqual(failed('name-unknown'));
  });

  it.each([
    '127.0.0.1', '127.8.8.8', '::1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', 'fe80::1', 'fd00::1',
    'fd00:ec2::254', '0.0.0.0', '::', '100.64.0.1', '224.0.0.1', 'ff02::1', '255.255.255.255', '192.0.2.1', '198.18.0.1',
    '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '64:ff9b::a00:1', '2002:7f00:1::', '240.0.0.1',
    '2001:db8::1', '168.63.129.16', '100.100.100.200', 'not-an-address',
  ])('keeps a public host away from %s', async (address) => {
    const resolve = () => Promise.resolve([{ address, family: 4 }]);
    expect(await call('https://public.test/', { resolve })).toEqual(failed('address-refused'));
  }); // prettier-ignore

  it('opens the loopback and private networks to hosts that are allowed there, metadata to none', () => {
    const guard = createHostGuard([{ host: 'erp.lan', networks: ['private', 'loopback'] }]);
    const allowed = (address: string) => guard.allowsAddress('erp.lan', address);
    expect(['10.0.0.1', 'fd12::1', '127.0.0.1', '::1', '93.184.216.34', '2606:4700::1'].map(allowed)).toEqual(
      Array(6).fill(true),
    );
    const closed = ['169.254.169.254', 'fd00:ec2::254', '::ffff:169.254.1.1', 'fe80::1', '0.0.0.0', '100.64.0.1'];
    expect(closed.map(allowed)).toEqual(Array(6).fill(false));
    expect(guard.allowsAddress('other.lan', '93.184.216.34')).toBe(false);
  });

  it.each([
    ['https://elsewhere.test/', 'host-not-allowed'],
    ['http://public.test/', 'not-https'],
    ['ftp://hooks.test/', 'not-https'],
    ['https://user:pw@public.test/', 'url-with-password'],
    ['https://public.test.evil.test/', 'host-not-allowed'],
    ['https://2130706433/', 'host-not-allowed_'],
    ['nonsense', 'url-invalid'],
  ])('refuses %s', async (url, reason) => {
    // 2130706433 is 127.0.0.1, which is on the list and speaks no TLS here.
    const expected = reason === 'host-not-allowed_' ? 'connection-refused' : reason;
    expect(await call(url)).toEqual(failed(expected));
  });
});
