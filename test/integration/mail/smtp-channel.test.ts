import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { SMTPServerOptions } from 'smtp-server';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutgoingMessage } from '../../../services/core/ports/message-channel.ts';
import { SecretKey } from '../../../services/platform/crypto/secret-key.ts';
import { createSmtpChannel, type SmtpChannelOptions } from '../../../services/platform/mail/smtp-channel.ts';
import { openMailServer } from '../../support/mail-server.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

async function serve(options: SMTPServerOptions = {}) {
  const server = await openMailServer(options);
  open.push(() => server.close());
  return server;
}

const at = Date.UTC(2026, 0, 15, 12);

function aMessage(overrides: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const texts = { subject: '生日快乐 & more', text: '生日快乐！\n', html: '<p>生日快乐！</p>' };
  return { id: 'c0ffee', to: 'ada@example.org', customerRef: '42', at, language: 'zh-CN', ...texts, ...overrides };
}

function channel(port: number, overrides: Partial<SmtpChannelOptions> = {}) {
  const from = { name: '演示商店', address: 'shop@example.com' };
  return createSmtpChannel({
    ...{ host: '127.0.0.1', port, tls: 'plain', user: null, password: null, from, timeoutMs: 20_000 },
    ...overrides,
  });
}

const sent = { as: 'sent', isDelivered: false };

describe('a channel by SMTP', () => {
  it('hands a bilingual mail over whole, under an id that stays', async () => {
    const { port, received } = await serve();
    expect(await channel(port).send(aMessage())).toEqual(sent);
    expect(await channel(port).send(aMessage())).toEqual(sent);
    expect(received).toHaveLength(2);
    const [{ to, mail }] = received;
    expect(to).toEqual(['ada@example.org']);
    expect(mail.subject).toBe('生日快乐 & more');
    expect(mail.text).toBe('生日快乐！\n');
    expect(mail.html).toContain('<p>生日快乐！</p>');
    expect(mail.from?.value).toEqual([{ name: '演示商店', address: 'shop@example.com' }]);
    expect(mail.date?.getTime()).toBe(at);
    expect(mail.headers.get('content-language')).toBe('zh-CN');
    expect(received.map((each) => each.mail.messageId)).toEqual(Array(2).fill('<c0ffee@example.com>'));
  });

  it('signs in over TLS that it insists on', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    const { port, received } = await serve({
      ...{ key, cert, disabledCommands: [], authOptional: false },
      onAuth: ({ username, password }, session, callback) => {
        const isRight = session.secure && username === 'shop' && password === 'pässword';
        if (isRight) callback(null, { user: 'shop' });
        else callback(new Error('no'));
      },
    });
    const login = { user: 'shop', password: new SecretKey(Buffer.from('pässword')), host: 'localhost' };
    expect(await channel(port, { ...login, tls: 'starttls', ca: cert }).send(aMessage())).toEqual(sent);
    expect(received).toHaveLength(1);
    const wrong = channel(port, { ...login, password: new SecretKey(Buffer.from('x')), tls: 'starttls', ca: cert });
    expect(await wrong.send(aMessage())).toEqual({ as: 'failed', reason: 'smtp-535', retryAfterMs: null });
    // A certificate of nobody's, and a server that offers no TLS, get nothing.
    expect(await channel(port, { ...login, tls: 'starttls' }).send(aMessage())).toMatchObject({ as: 'failed' });
    const plain = await serve();
    expect(await channel(plain.port, { tls: 'starttls' }).send(aMessage())).toMatchObject({ as: 'failed' });
    expect([received.length, plain.received.length]).toEqual([1, 0]);
  });

  it.each([
    [550, 'undeliverable', 'smtp-550'],
    [451, 'failed', 'smtp-451'],
  ])('tells a recipient that is refused with %i, without naming it', async (responseCode, as, reason) => {
    const { port, received } = await serve({
      onRcptTo: ({ address }, _session, callback) => {
        callback(Object.assign(new Error(`no mailbox ${address}`), { responseCode }));
      },
    });
    const result = await channel(port).send(aMessage());
    expect(result).toMatchObject({ as, reason });
    expect(JSON.stringify(result)).not.toContain('ada');
    expect(received).toEqual([]);
  });

  it.each([
    [550, 'failed', 'smtp-550'],
    [452, 'failed', 'smtp-452'],
  ])('tries again what is refused as a whole with %i', async (responseCode, as, reason) => {
    const { port } = await serve({
      onData(stream, _session, callback) {
        stream.resume();
        stream.on('end', () => callback(Object.assign(new Error('no'), { responseCode })));
      },
    });
    expect(await channel(port).send(aMessage())).toMatchObject({ as, reason });
  });

  it.each([
    ['never greets', null],
    ['drips its greeting for ever', '220-still here\r\n'],
  ])('gives up a server that %s, and lets its connection go', async (_what, drip) => {
    const closed: Promise<unknown>[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      closed.push(once(socket, 'close'));
      const timer = setInterval(() => drip !== null && socket.write(drip), 20);
      socket.on('close', () => clearInterval(timer));
      socket.resume();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push(() => new Promise<void>((resolve) => void server.close(() => resolve())));
    const { port } = server.address() as AddressInfo;
    const result = await channel(port, { timeoutMs: 300 }).send(aMessage());
    expect(result).toMatchObject({ as: 'failed' });
    expect(closed).toHaveLength(1);
    await closed[0];
  });

  it('says so when nobody is there', async () => {
    const { port, close } = await openMailServer();
    await close();
    expect(await channel(port).send(aMessage())).toMatchObject({ as: 'failed', reason: 'smtp-econnrefused' });
  });

  it('takes no second header or recipient from what a message holds', async () => {
    const { port, received } = await serve();
    await channel(port).send(
      aMessage({ to: 'ada@example.org>\r\nBcc: eve@example.org', subject: 'a\r\nBcc: eve@example.org' }),
    );
    expect(received.flatMap(({ to }) => to).filter((to) => to.startsWith('eve'))).toEqual([]);
    for (const { mail } of received) expect(mail.headers.has('bcc')).toBe(false);
  });
});
