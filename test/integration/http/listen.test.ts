import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpServer } from '../../../services/platform/http/http-server.ts';
import { listen } from '../../../services/platform/http/listen.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../services/platform/telemetry/metrics.ts';

let server: FastifyInstance;
let lines: string[];
let taken: Server | undefined;

beforeEach(() => {
  lines = [];
  const destination = { write: (line: string) => void lines.push(line) };
  server = createHttpServer({
    logger: createLogger({ name: 'test', level: 'info', destination }),
    metrics: createMetrics('test'),
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
  });
});

afterEach(async () => {
  await server.close();
  taken?.close();
  taken = undefined;
});

async function takePort(): Promise<number> {
  const other = createServer();
  taken = other;
  await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
  return (other.address() as AddressInfo).port;
}

describe('listen', () => {
  it('gives the address at which the server answers', async () => {
    const url = await listen(server, { host: '127.0.0.1', port: 0, explicit: true });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  it('gives an address that can be used when it listens everywhere', async () => {
    const url = await listen(server, { host: '0.0.0.0', port: 0, explicit: false });
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  it('refuses to start when somebody asked for the very port that is taken', async () => {
    const port = await takePort();
    await expect(listen(server, { host: '127.0.0.1', port, explicit: true })).rejects.toMatchObject({
      code: 'ERR_PORT_IN_USE',
      retryable: false,
      message: `the address 127.0.0.1:${port} is taken by another process; stop that process or set another port`,
    });
  });

  it('takes a free port and says so when the usual one is taken', async () => {
    const port = await takePort();
    const url = await listen(server, { host: '127.0.0.1', port, explicit: false });
    expect(url).not.toContain(`:${port}`);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect(lines.join('')).toContain(`"wanted":${port}`);
  });

  it('names the setting when the address is not one of this machine', async () => {
    await expect(listen(server, { host: '192.0.2.1', port: 0, explicit: false })).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining('TIDEWATCH_HOST') as string,
    });
  });
});
