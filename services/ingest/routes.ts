import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EngineError, errorRegistry } from '../core/errors.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { Admission, AdmissionDesk } from './admission.ts';
import { buildAnswer } from './answer-body.ts';
import { findOriginals } from './body/originals.ts';
import { parseJson } from './body/parse-json.ts';
import { readBody } from './body/read-body.ts';
import type { Inflate } from './body/read-body.ts';
import type { ClientRequest, Dialect } from './dialects/dialect.ts';
import { ingestLimits } from './ingest-limits.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';
import type { Sender } from './ingest-tenant.ts';
import type { IngestPipeline, IngestRequest } from './pipeline.ts';
import { writeKeyOfHeaders } from './write-key.ts';

export interface IngestRoutesDeps {
  readonly dialects: readonly Dialect[];
  readonly pipeline: IngestPipeline;
  readonly findSender: (writeKey: string) => Sender | undefined;
  readonly inflate: Inflate;
  readonly desk: AdmissionDesk;
  readonly telemetry: IngestTelemetry;
  readonly eventsPerRequest: number;
  /** Seconds a client is asked to wait; spread out, so that clients do not all come back at once. */
  readonly retryAfterSeconds: () => number;
}

/** What a request is taken for before its body is known to be smaller. */
const assumedBytes = 1024 * 1024;

/** Adds every call of every dialect. Bodies are taken under any content type; clients send what they like. */
export function addIngestRoutes(server: FastifyInstance, deps: IngestRoutesDeps): void {
  void server.register((scope, _options, done) => {
    const admissions = new WeakMap<FastifyRequest, Admission>();
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    scope.addHook('onRequest', async (request, reply) => {
      deps.telemetry.received(isRetry(request.headers));
      // Before the body is read: strangers cost nothing, and a full house takes in nothing more.
      senderOfHeaders(request, reply, deps);
      const bytes = Math.min(Number(request.headers['content-length'] ?? assumedBytes), ingestLimits.bodyBytes);
      const admission = deps.desk.admit(bytes);
      if (admission === null) return turnDown(reply, deps);
      admissions.set(request, admission);
      reply.raw.once('close', () => admission.release());
    });
    for (const dialect of deps.dialects) {
      for (const call of dialect.calls) {
        const options = { method: call.method, url: call.path, bodyLimit: ingestLimits.bodyBytes };
        scope.route({
          ...options,
          handler(request, reply) {
            const admission = admissions.get(request)!;
            const serving = serve({ dialect, call: call.call, request, reply, admission }, deps);
            admission.holdUntil(serving);
            return serving;
          },
        });
      }
    }
    done();
  });
}

function isRetry(headers: FastifyRequest['headers']): boolean {
  return Number(headers['x-retry-count'] ?? 0) > 0 || Number(headers['posthog-attempt'] ?? 1) > 1;
}

interface Exchange {
  readonly dialect: Dialect;
  readonly call: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly admission: Admission;
}

async function serve(exchange: Exchange, deps: IngestRoutesDeps): Promise<FastifyReply> {
  const { dialect, call, request, reply, admission } = exchange;
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const text = await readBody(bytes, request.headers['content-encoding'], deps.inflate);
  if (!admission.resize(text.length)) return turnDown(reply, deps);
  const answer = await deps.pipeline.ingest(toIngestRequest(exchange, text, deps));
  if (answer.done) {
    const mustRetry = answer.results.some(({ result }) => result === 'retry');
    if (mustRetry) reply.header('retry-after', deps.retryAfterSeconds());
    return reply.send(dialect.answer?.(call, answer.results) ?? buildAnswer(answer.results));
  }
  admission.holdUntil(answer.settled);
  return sendAgain(reply, answer.code, answer.detail, deps);
}

function toIngestRequest(
  { dialect, call, request, reply }: Exchange,
  text: string,
  deps: IngestRoutesDeps,
): IngestRequest {
  const parts = { headers: request.headers, query: request.query as ClientRequest['query'] };
  const json = dialect.toJson?.(text, parts) ?? text;
  const body = request.method === 'GET' && json === '' ? undefined : parseJson(json);
  const clientRequest: ClientRequest = { ...parts, body };
  const key = dialect.writeKey(clientRequest);
  const sender = senderOfHeaders(request, reply, deps) ?? (typeof key === 'string' ? deps.findSender(key) : undefined);
  if (sender === undefined) throw unauthorized(reply);
  const opened = dialect.open(call, clientRequest);
  if (typeof opened === 'string') throw new EngineError('ERR_EVENT_INVALID', opened, { retryable: false });
  const { share, events, from } = opened;
  if (events.length > deps.eventsPerRequest) {
    const message = `the request has ${events.length} events and may have ${deps.eventsPerRequest}; send smaller batches`;
    throw new EngineError('ERR_BODY_TOO_LARGE', message, { retryable: false });
  }
  const translated = events.map((event) => dialect.translate(call, event, share));
  const retriesEvents = dialect.retriesEvents?.(call) ?? false;
  return { sender, events: translated, retriesEvents, original: findOriginals(json, events, from) };
}

/** Undefined when the headers carry no key: then the body may. A key that is there and wrong is refused. */
function senderOfHeaders(request: FastifyRequest, reply: FastifyReply, deps: IngestRoutesDeps): Sender | undefined {
  const key = writeKeyOfHeaders(request.headers);
  if (key === null) return undefined;
  const sender = deps.findSender(key);
  if (sender === undefined) throw unauthorized(reply);
  return sender;
}

function unauthorized(reply: FastifyReply): EngineError {
  reply.header('www-authenticate', 'Basic realm="tidewatch ingest"');
  const message = 'the write key is missing or unknown; send the key of the source as user of Basic authentication';
  return new EngineError('ERR_UNAUTHORIZED', message, { retryable: false });
}

function turnDown(reply: FastifyReply, deps: IngestRoutesDeps): FastifyReply {
  deps.telemetry.turnedDown();
  return sendAgain(reply, 'ERR_OVERLOADED', 'too much is unfinished at this moment; send the events again', deps);
}

function sendAgain(reply: FastifyReply, code: ErrorCode, detail: string, deps: IngestRoutesDeps): FastifyReply {
  const problem = { type: `urn:tidewatch:error:${code}`, title: errorRegistry[code], status: 503, detail, code };
  return reply
    .code(503)
    .header('retry-after', deps.retryAfterSeconds())
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}
