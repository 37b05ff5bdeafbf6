import { LogController, fastify } from 'fastify';
import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import type { ReadyReport } from '../runtime/ready-report.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { addApiDocument } from './add-api-document.ts';
import { answerClientError } from './answer-client-error.ts';
import type { ApiDescription } from './api-description.ts';
import { closeWithinGrace } from './close-within-grace.ts';
import { addHttpMetrics } from './http-metrics.ts';
import { addProbeRoutes } from './probe-routes.ts';
import { createRouteTable } from './route-table.ts';
import { sendProblem } from './send-problem.ts';
import { plainProblem, toProblem } from './to-problem.ts';

export interface HttpServerOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Asked on every `/readyz`; must not wait. */
  readonly ready: () => ReadyReport;
  /** Largest request body in bytes, as received; 1 MiB when absent. A route may set its own. */
  readonly bodyLimitBytes?: number;
  /** How long `close` waits for answers under way before it drops their connections. */
  readonly closeGraceMs?: number;
  /** Told at `/openapi.json`, and compared with the routes at the start; without it there is no such document. */
  readonly api?: ApiDescription;
}

const defaultBodyLimitBytes = 1024 * 1024;
const defaultCloseGraceMs = 4000;
/** From its first byte to its last; longer than any SDK waits. Else a few silent connections would hold all places. */
const requestTimeoutMs = 60_000;
const maxPathParameterLength = 1024;

/**
 * A server with health, metrics, and a problem body for every error. Paths work with and without a trailing slash, and
 * nothing is ever redirected: a client that posts events would follow with a GET.
 */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const { metrics } = options;
  const loggerInstance: FastifyBaseLogger = options.logger;
  const sendError = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const problem = toProblem(error);
    if (problem.status >= 500) logFailure(request, error);
    sendProblem(reply, problem);
  };
  const server: FastifyInstance = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: false,
    return503OnClosing: false,
    requestTimeout: requestTimeoutMs,
    bodyLimit: options.bodyLimitBytes ?? defaultBodyLimitBytes,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: maxPathParameterLength },
    clientErrorHandler: answerClientError,
    frameworkErrors: sendError,
  });
  server.decorateRequest('tenant', '');
  server.decorateRequest('tokenName', '');
  server.decorateRequest('tokenRoles', null);
  server.setErrorHandler<FastifyError>(sendError);
  answerUnknownRoutes(server);
  logRequests(server);
  addHttpMetrics(server, metrics);
  closeWithinGrace(server, options.closeGraceMs ?? defaultCloseGraceMs);
  if (options.api !== undefined) addApiDocument(server, options.api);
  addProbeRoutes(server, metrics, options.ready);
  return server;
}

function logFailure(request: FastifyRequest, error: unknown): void {
  const route = request.routeOptions.url ?? null;
  // An outage fails every request alike: one short line each says enough.
  if (error instanceof EngineError && error.retryable) request.log.warn({ route, code: error.code }, 'request refused');
  else request.log.error({ route, err: error }, 'request failed');
}

function answerUnknownRoutes(server: FastifyInstance): void {
  const table = createRouteTable();
  server.addHook('onRoute', (route) => table.add(route.url, [route.method].flat()));
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const methods = table.methodsOf(path);
    if (methods.length === 0) {
      sendProblem(reply, plainProblem(404, 'There is nothing at this path; /openapi.json lists what there is.'));
      return;
    }
    reply.header('allow', methods.join(', '));
    sendProblem(reply, plainProblem(405, `This path takes ${methods.join(', ')}, not ${request.method}.`));
  });
}

/** Paths only: query strings and bodies may hold personal data. */
function logRequests(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    const milliseconds = Math.round(reply.elapsedTime);
    request.log.debug({ method, route: routeOptions.url ?? null, status: reply.statusCode, milliseconds }, 'answered');
    done();
  });
}
