import type { FastifyInstance } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import type { ApiDescription } from './api-description.ts';
import { buildApiDocument } from './api-document.ts';
import { probeOperations } from './probe-operations.ts';

/**
 * Adds `/openapi.json`. A server with a route that is not described, or a description without its route, does not
 * start: ERR_INTERNAL. Call it before any other route is added.
 */
export function addApiDocument(server: FastifyInstance, api: ApiDescription): void {
  const operations = { ...probeOperations, ...api.operations };
  const routes = new Set<string>();
  let text = '';
  server.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) if (each !== 'HEAD') routes.add(`${each} ${toPathTemplate(url)}`);
  });
  server.addHook('onReady', (done) => {
    const missing = [...routes].filter((route) => !(route in operations)).map((route) => `${route} is not described`);
    const surplus = Object.keys(operations)
      .filter((route) => !routes.has(route))
      .map((route) => `${route} is described, and is no route`);
    if (missing.length + surplus.length > 0) {
      done(mismatch([...missing, ...surplus]));
      return;
    }
    // Now rather than when it is asked for: that takes a tenth of a second, in which nothing else would be served.
    text = JSON.stringify(buildApiDocument({ ...api, operations }));
    done();
  });
  server.get('/openapi.json', (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(text),
  );
}

/** Fastify's `:name` and `::` as OpenAPI writes them. */
function toPathTemplate(url: string): string {
  return url.replace(/::|:(\w+)/g, (_token, name?: string) => (name === undefined ? ':' : `{${name}}`));
}

function mismatch(faults: readonly string[]): EngineError {
  return new EngineError('ERR_INTERNAL', `the routes and their descriptions differ: ${faults.join('; ')}`, {
    retryable: false,
  });
}
