import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpServer } from '../../../services/platform/http/http-server.ts';
import { listen } from '../../../services/platform/http/listen.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../services/platform/telemetry/metrics.ts';
import { eventually } from '../../support/eventually.ts';

const closeGraceMs = 200;
let server: FastifyInstance;
let port: number;
let sockets: Socket[];
let finishSlow: (() => void) | undefined;

beforeEach(async () => {
  sockets = [];
  finishSlow = undefined;
  server = createHttpServer({
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
    closeGraceMs,
  });
  server.get('/slow', () => new Promise((resolve) => void (finishSlow = () => resolve({ slow: true }))));
  port = Number(new URL(await listen(server, { host: '127.0.0.1', port: 0, explicit: true })).port);
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await server.close();
});

async function open(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

describe('closing', () => {
  it('drops connections that clients keep open', async () => {
    const idle = await open();
    idle.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(idle, 'data');
    const ended = once(idle, 'close');
    idle.resume();
    await server.close();
    await ended;
  });

  it('lets an answer under way be finished', async () => {
    const answer = fetch(`http://127.0.0.1:${port}/slow`);
    await slowIsUnderWay();
    const closed = server.close();
    finishSlow?.();
    expect(await (await answer).json()).toEqual({ slow: true });
    await closed;
  });

  it('refuses what comes on an open connection meanwhile, with a problem body', async () => {
    const socket = await open();
    const received = text(socket);
    socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
    await slowIsUnderWay();
    const closed = server.close();
    const arrived = once(server.server, 'request');
    socket.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n');
    await arrived;
    finishSlow?.();
    await closed;
    expect(await received).toMatch(/^HTTP\/1\.1 200 OK[^]*HTTP\/1\.1 503 [^]*application\/problem\+json/);
  });

  it('does not wait longer than the grace for an answer that does not come', async () => {
    const answer = fetch(`http://127.0.0.1:${port}/slow`);
    const failed = expect(answer).rejects.toThrow();
    await slowIsUnderWay();
    // The answer never comes: whoever waited for it would wait for ever.
    await server.close();
    await failed;
  });
});

function slowIsUnderWay(): Promise<void> {
  return eventually(() => expect(finishSlow).toBeTypeOf('function'), { intervalMs: 5 });
}

describe('bytes that are not HTTP', () => {
  it('are answered with a problem body, and the server goes on', async () => {
    const socket = await open();
    socket.write('HELLO WORLD\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain('Content-Type: application/problem+json');
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status: 400, type: 'about:blank' });
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
  });

  it('are answered with 431 when the headers are too large', async () => {
    const socket = await open();
    socket.write(`GET /livez HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(40_000)}\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 431 /);
  });
});
