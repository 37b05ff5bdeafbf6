import { afterEach, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { EngineError, errorRegistry } from '../../../../services/core/errors.ts';
import type { ErrorCode } from '../../../../services/core/errors.ts';
import { createHttpServer } from '../../../../services/platform/http/http-server.ts';
import type { ReadyReport } from '../../../../services/platform/runtime/ready-report.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';

const servers: FastifyInstance[] = [];
const isReady: ReadyReport = { ready: true, reasons: [], partitions: [] };

function aServer(ready: () => ReadyReport = () => isReady) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ name: 'test', level: 'debug', destination });
  const server = createHttpServer({ logger, metrics: createMetrics('test'), ready, bodyLimitBytes: 1000 });
  servers.push(server);
  server.get<{ Params: { code: ErrorCode } }>('/fail/:code', (request) => {
    throw new EngineError(request.params.code, 'what happened', { retryable: false });
  });
  server.get('/bug', () => {
    throw new TypeError('secret internals');
  });
  server.post('/echo', (request) => ({ got: request.body }));
  return { server, lines };
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe('health and metrics', () => {
  it('answers /livez whether or not the service is ready', async () => {
    const { server } = aServer(() => ({ ready: false, reasons: ['stuck'], partitions: [] }));
    expect((await server.inject('/livez')).statusCode).toBe(200);
  });

  it('answers /readyz with 200 and the partitions when ready', async () => {
    const partitions = [{ topic: 't', partition: 0, offset: 5, lag: 0, catchUpSeconds: null, ageMs: 10 }];
    const { server } = aServer(() => ({ ready: true, reasons: [], partitions }));
    const answer = await server.inject('/readyz');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ ready: true, reasons: [], partitions });
  });

  it('answers /readyz with 503 and the reasons when not ready', async () => {
    const { server } = aServer(() => ({ ready: false, reasons: ['partition 3 is stuck'], partitions: [] }));
    const answer = await server.inject('/readyz');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ ready: false, reasons: ['partition 3 is stuck'] });
  });

  it('serves metrics in the text format, with one series per route pattern', async () => {
    const { server } = aServer();
    await server.inject('/fail/ERR_NOT_FOUND');
    await server.inject('/fail/ERR_USAGE');
    await server.inject('/random/path/1');
    await server.inject('/random/path/2');
    const answer = await server.inject('/metrics');
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.body).toContain('tidewatch_http_requests_total{route="/fail/:code",status_class="4xx"} 2');
    expect(answer.body).toContain('tidewatch_http_requests_total{route="unknown",status_class="4xx"} 2');
    expect(answer.body).toContain('tidewatch_http_request_duration_seconds_count{route="/fail"');
    expect(answer.body).not.toContain('/random/path');
  });
});

describe('errors', () => {
  it.each([
    ['ERR_NOT_FOUND', 404],
    ['ERR_UNAUTHORIZED', 401],
    ['ERR_FORBIDDEN', 403],
    ['ERR_BODY_TOO_LARGE', 413],
    ['ERR_EVENT_INVALID', 400],
    ['ERR_STORE_UNAVAILABLE', 503],
  ] as const)('answers %s with %i and a problem body', async (code, status) => {
    const answer = await aServer().server.inject(`/fail/${code}`);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toEqual({
      type: `urn:tidewatch:error:${code}`,
      title: errorRegistry[code],
      status,
      detail: 'what happened',
      code,
    });
  });

  it('tells the client of a fault that passes when to come again', async () => {
    expect((await aServer().server.inject('/fail/ERR_LOG_UNAVAILABLE')).headers['retry-after']).toBe('1');
  });

  it.each(['/bug', '/fail/ERR_STATE_CORRUPT'])('shows nothing of the fault behind %s and logs it', async (path) => {
    const { server, lines } = aServer();
    const answer = await server.inject(path);
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ code: 'ERR_INTERNAL', status: 500 });
    expect(answer.body).not.toMatch(/secret|internals|what happened|stack/);
    expect(lines.join('')).toMatch(/secret internals|what happened/);
  });

  it('answers an unknown path with 404', async () => {
    const answer = await aServer().server.inject('/nowhere');
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ type: 'about:blank', title: 'Not Found', status: 404 });
  });

  it('answers a known path with another method with 405 and what it takes', async () => {
    const answer = await aServer().server.inject({ method: 'DELETE', url: '/echo?x=1' });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers['allow']).toBe('POST');
    expect(answer.json()).toMatchObject({ type: 'about:blank', status: 405 });
  });

  it.each([
    ['invalid JSON', 'application/json', '{"a":', [400, 'ERR_JSON_INVALID']],
    ['an empty body', 'application/json', '', [400, 'ERR_JSON_INVALID']],
    ['a body beyond the limit', 'application/json', `"${'x'.repeat(1000)}"`, [413, 'ERR_BODY_TOO_LARGE']],
    ['an unknown content type', 'application/x-thing', 'abc', [415, undefined]],
  ])('answers %s with a problem body', async (_what, type, payload, expected) => {
    const headers = { 'content-type': type };
    const answer = await aServer().server.inject({ method: 'POST', url: '/echo', headers, payload });
    expect([answer.statusCode, answer.json<{ code?: string }>().code]).toEqual(expected);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('answers a path that is not valid percent encoding with 400', async () => {
    const answer = await aServer().server.inject('/fail/%ZZ');
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });
});

describe('routes', () => {
  it('work with and without a trailing slash and never redirect', async () => {
    const { server } = aServer();
    for (const url of ['/echo', '/echo/']) {
      const answer = await server.inject({ method: 'POST', url, payload: { a: 1 } });
      expect([answer.statusCode, answer.json()]).toEqual([200, { got: { a: 1 } }]);
    }
  });

  it('take a colon in the last segment when it is written twice in the pattern', async () => {
    const { server } = aServer();
    server.post('/v1/scores::batch', () => ({ ok: true }));
    expect((await server.inject({ method: 'POST', url: '/v1/scores:batch', payload: {} })).statusCode).toBe(200);
    expect((await server.inject({ method: 'GET', url: '/v1/scores:batch' })).headers['allow']).toBe('POST');
  });

  it('take ids of several hundred characters', async () => {
    const { server } = aServer();
    server.get<{ Params: { id: string } }>('/v1/customers/:id', (request) => ({ length: request.params.id.length }));
    expect((await server.inject(`/v1/customers/${'a'.repeat(500)}`)).json()).toEqual({ length: 500 });
  });
});

describe('the log', () => {
  it('holds route patterns and neither paths, query strings nor bodies', async () => {
    const { server, lines } = aServer();
    await server.inject({ method: 'POST', url: '/echo?email=ann', payload: { name: 'Beth' } });
    await server.inject('/fail/ERR_NOT_FOUND?email=ann');
    expect(lines.filter((line) => line.includes('"answered"'))).toHaveLength(2);
    expect(lines.join('')).not.toMatch(/ann|Beth/);
  });
});
