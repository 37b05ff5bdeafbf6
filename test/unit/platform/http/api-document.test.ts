import { compileErrors, validate } from '@readme/openapi-parser';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { alertsApi } from '../../../../services/alerts/alerts-operations.ts';
import { ingestApi } from '../../../../services/ingest/ingest-operations.ts';
import type { ApiOperation } from '../../../../services/platform/http/api-operation.ts';
import { createHttpServer } from '../../../../services/platform/http/http-server.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';
import { scorerApi } from '../../../../services/scorer/scorer-operations.ts';

interface Operation {
  readonly summary: string;
  readonly tags: readonly string[];
  readonly responses: Record<string, { content?: Record<string, unknown>; headers?: Record<string, unknown> }>;
}

interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
}

type Operations = Readonly<Record<string, ApiOperation>>;

const aPath: ApiOperation = {
  summary: 'A thing',
  tag: 'things',
  access: 'open',
  path: z.object({ id: z.int() }),
  query: z.object({ size: z.int() }),
  answers: { 200: { description: 'The thing.', schema: z.object({ id: z.string() }) } },
};

function serve(operations: Operations, title = 'Things', addRoutes = true) {
  const server = createHttpServer({
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
    api: { title, description: 'For a test.', operations },
  });
  onTestFinished(() => server.close());
  if (!addRoutes) return server;
  for (const route of Object.keys(operations)) {
    const [method, path] = route.split(' ', 2);
    const url = path.replaceAll(':', '::').replace(/\{(\w+)\}/g, ':$1');
    server.route({ method, url, handler: ({ params, query }) => ({ id: 7, more: true, params, query }) });
  }
  return server;
}

const goodStatus: Readonly<Record<string, string>> = { 'GET /t/c/{token}': '302', 'POST /v1/cases': '201' };
const apis = { ingest: ingestApi, scorer: scorerApi, alerts: alertsApi };

describe('/openapi.json', () => {
  it.each(Object.entries(apis))('of %s is valid and says of each route what it needs', async (_name, api) => {
    const answer = await serve(api.operations, api.title).inject('/openapi.json');
    const document = answer.json<Document>();
    const result = await validate(structuredClone(document) as unknown as Parameters<typeof validate>[0]);
    expect(result.valid ? '' : compileErrors(result)).toBe('');
    for (const [route, { access }] of Object.entries(api.operations)) {
      const [method, path] = route.split(' ', 2);
      const { summary, tags, responses } = document.paths[path][method.toLowerCase()];
      expect(summary, route).not.toBe('');
      expect(tags, route).toHaveLength(1);
      // One route leads on to where a message said, one makes something new; every other one answers itself.
      const good = goodStatus[route] ?? '200';
      expect(Object.keys(responses), route).toEqual(expect.arrayContaining([good, 'default']));
      if (access !== 'open') expect(Object.keys(responses), route).toContain('401');
      for (const [status, { content, headers }] of Object.entries(responses)) {
        // Nothing to say is said with nothing.
        if (status === good || status === '204') continue;
        // What is accepted, and will be done, is answered as what is done; pages for people say so as pages.
        const isPage = route.includes('/s/{token}') && status !== 'default';
        const fault = isPage ? 'text/html' : 'application/problem+json';
        const type = status === '202' ? 'application/json' : fault;
        expect(Object.keys(content ?? {}), `${route} ${status}`).toEqual([type]);
        if (status === '503' && !isPage) expect(headers, route).toHaveProperty('Retry-After');
      }
    }
  });

  it('leaves requests and answers as they are, whatever it says of them', async () => {
    const server = serve({ 'GET /things/{id}': aPath });
    const answer = await server.inject('/things/none?size=large');
    expect(answer.json()).toEqual({ id: 7, more: true, params: { id: 'none' }, query: { size: 'large' } });
  });

  it('names paths with a colon, and with parameters, as clients write them', async () => {
    const operations = { 'POST /things:batch': { ...aPath, path: undefined }, 'GET /things/{id}': aPath };
    const { paths } = (await serve(operations).inject('/openapi.json')).json<Document>();
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/things:batch', '/things/{id}']));
  });

  it('keeps a server with a route that nobody described from starting', async () => {
    const server = serve({ 'GET /things/{id}': aPath });
    server.post('/things', () => ({}));
    await expect(server.ready()).rejects.toThrow(/POST \/things is not described/);
  });

  it('keeps a server without a route that was described from starting', async () => {
    const server = serve({ 'GET /things/{id}': aPath }, 'Things', false);
    await expect(server.ready()).rejects.toThrow(/GET \/things\/\{id\} is described, and is no route/);
  });
});
