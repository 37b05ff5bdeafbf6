import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EngineError, errorRegistry } from '../core/errors.ts';
import type { ErrorCode } from '../core/errors.ts';
import { addressGroup } from './address-group.ts';
import type { Admission, AdmissionDesk } from './admission.ts';
import { buildAnswer } from './answer-body.ts';
import type { Authenticator, Caller } from './auth/authenticator.ts';
import type { LimitSender } from './auth/limit-sender.ts';
import { nameByWebhook } from './auth/name-by-webhook.ts';
import type { SendingKey } from './auth/sending-key.ts';
import type { Backlog } from './backlog.ts';
import { checkValues } from './body/check-values.ts';
import { collectBody, tooLarge } from './body/collect-body.ts';
import { findOriginals } from './body/originals.ts';
import { parseJson } from './body/parse-json.ts';
import { readBody } from './body/read-body.ts';
import type { Inflate } from './body/read-body.ts';
import type { ClientRequest, Dialect } from './dialects/dialect.ts';
import { ingestLimits } from './ingest-limits.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';
import type { IngestPipeline, IngestRequest } from './pipeline.ts';
import { isRetry } from './is-retry.ts';

export interface IngestRoutesDeps {
  readonly dialects: readonly Dialect[];
  readonly pipeline: IngestPipeline;
  readonly authenticator: Authenticator;
  readonly limitSender: LimitSender;
  readonly inflate: Inflate;
  readonly desk: AdmissionDesk;
  readonly telemetry: IngestTelemetry;
  readonly eventsPerRequest: number;
  readonly backlog: Backlog;
}

/** What a request is taken for before its body is known to be smaller. */
const assumedBytes = 1024 * 1024;

/** Adds every call of every dialect. Bodies are taken under any content type; clients send what they like. */
export function addIngestRoutes(server: FastifyInstance, deps: IngestRoutesDeps): void {
  void server.register((scope, _options, done) => {
    const arrivals = new WeakMap<FastifyRequest, Arrival>();
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (request: FastifyRequest, body: IncomingMessage) =>
      takeBody(request, body, arrivals.get(request)!),
    );
    scope.addHook('onRequest', async (request, reply) => {
      deps.telemetry.received(isRetry(request.headers));
      forgetUnreadableType(request);
      // Before the body is read: strangers cost nothing, and a full house takes in nothing more.
      const query = request.query as ClientRequest['query'];
      const caller = await deps.authenticator.meet(request.headers, query);
      if (caller.kind === 'refused') throw unauthorized(reply);
      const admission = admit(caller, request, deps.desk);
      if (admission === null) return turnDown(reply, deps);
      arrivals.set(request, { caller, admission });
      reply.raw.once('close', () => admission.release());
    });
    for (const dialect of deps.dialects) {
      for (const call of dialect.calls) {
        const options = { method: call.method, url: call.path, bodyLimit: ingestLimits.bodyBytes };
        scope.route({
          ...options,
          handler(request, reply) {
            const arrival = arrivals.get(request)!;
            const serving = serve({ dialect, call: call.call, request, reply, ...arrival }, deps);
            arrival.admission.holdUntil(serving);
            return serving;
          },
        });
      }
    }
    done();
  });
}

/** What a sender says it sends is held for it at once. A stranger gets room as its bytes come: saying much costs nothing. */
function admit({ kind }: Caller, { headers, ip }: FastifyRequest, desk: AdmissionDesk): Admission | null {
  if (kind !== 'known') return desk.admit(0, addressGroup(ip));
  return desk.admit(Math.min(Number(headers['content-length'] ?? assumedBytes), ingestLimits.bodyBytes));
}

/** The body of a request that found no room while it came. */
const noRoom = Symbol('no room');

async function takeBody(
  { headers }: FastifyRequest,
  stream: IncomingMessage,
  { caller, admission }: Arrival,
): Promise<Buffer | typeof noRoom> {
  const limitBytes = ingestLimits.bodyBytes;
  if (Number(headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes);
  if (caller.kind === 'known') return (await collectBody(stream, { limitBytes, hasRoom: () => true })) ?? noRoom;
  const hasRoom = (bytes: number): boolean => admission.resize(bytes);
  return (await collectBody(stream, { limitBytes, hasRoom, pace: ingestLimits.strangersPace })) ?? noRoom;
}

const mediaType = /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;|$)/;

/** The framework refuses a body whose type is no media type; to ingest it says nothing, as if it were not there. */
function forgetUnreadableType({ raw }: FastifyRequest): void {
  const type = raw.headers['content-type'];
  if (type !== undefined && !mediaType.test(type)) delete raw.headers['content-type'];
}

interface Arrival {
  readonly caller: Exclude<Caller, { kind: 'refused' }>;
  readonly admission: Admission;
}

interface Exchange extends Arrival {
  readonly dialect: Dialect;
  readonly call: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function serve(exchange: Exchange, deps: IngestRoutesDeps): Promise<FastifyReply> {
  const { dialect, call, request, reply, admission } = exchange;
  if (request.body === noRoom) return turnDown(reply, deps);
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const text = await readBody(bytes, request.headers['content-encoding'], deps.inflate);
  if (!admission.resize(text.length)) return turnDown(reply, deps);
  const { key, ingestRequest } = openRequest(exchange, text, deps);
  admission.vouch();
  const overLimitMs = await deps.limitSender(key, ingestRequest.events.length);
  if (overLimitMs > 0) return holdBack(reply, overLimitMs, deps);
  const answer = await deps.pipeline.ingest(ingestRequest);
  if (answer.done) {
    const mustRetry = answer.results.some(({ result }) => result === 'retry');
    const wrote = answer.results.some(({ result }) => result !== 'retry' && result !== 'duplicate');
    if (wrote || !mustRetry) deps.backlog.finished(wrote);
    if (mustRetry) reply.header('retry-after', deps.backlog.retryAfterSeconds(0));
    reply.header('content-type', 'application/json; charset=utf-8');
    return reply.send(dialect.answer?.(call, answer.results) ?? buildAnswer(answer.results));
  }
  admission.holdUntil(answer.settled);
  if (answer.code !== 'ERR_EVENT_PENDING') deps.backlog.failed();
  return sendAgain(reply, { code: answer.code, detail: answer.detail }, deps);
}

function openRequest(
  { dialect, call, request, reply, caller }: Exchange,
  text: string,
  deps: IngestRoutesDeps,
): { readonly key: SendingKey; readonly ingestRequest: IngestRequest } {
  if (caller.kind === 'signed' && !caller.fits(text)) throw badSignature();
  const parts = { headers: request.headers, query: request.query as ClientRequest['query'] };
  const json = dialect.toJson?.(text, parts) ?? text;
  checkValues(json);
  const body = request.method === 'GET' && json === '' ? undefined : parseJson(json);
  const clientRequest: ClientRequest = { ...parts, body };
  const key = caller.kind === 'unnamed' ? deps.authenticator.byKey(dialect.writeKey(clientRequest)) : caller.key;
  if (key === undefined) throw unauthorized(reply);
  const opened = dialect.open(call, clientRequest);
  if (typeof opened === 'string') throw new EngineError('ERR_EVENT_INVALID', opened, { retryable: false });
  const { share, events, from } = opened;
  if (caller.kind === 'signed' && from === 'none') throw unsigned();
  if (events.length > deps.eventsPerRequest) {
    const message = `the request has ${events.length} events and may have ${deps.eventsPerRequest}; send smaller batches`;
    throw new EngineError('ERR_BODY_TOO_LARGE', message, { retryable: false });
  }
  const translated = events.map((event) => dialect.translate(call, event, share));
  const named = caller.kind === 'signed' ? nameByWebhook(translated, caller.webhookId) : translated;
  const retriesEvents = dialect.retriesEvents?.(call) ?? false;
  const translation = { dialect: dialect.name, call, share };
  const original = findOriginals(json, events, from);
  return { key, ingestRequest: { sender: key.sender, events: named, retriesEvents, original, translation } };
}

function unauthorized(reply: FastifyReply): EngineError {
  reply.header('www-authenticate', 'Basic realm="tidewatch ingest"');
  const message =
    'the write key is missing, unknown or not valid any more; send the key of the source as user of Basic authentication';
  return new EngineError('ERR_UNAUTHORIZED', message, { retryable: false });
}

function badSignature(): EngineError {
  const message = 'the signature does not fit the body, or is older than five minutes; sign each sending anew';
  return new EngineError('ERR_UNAUTHORIZED', message, { retryable: false });
}

function unsigned(): EngineError {
  const message =
    'a signature covers the body alone, and this event stands in headers or the query; send it in the body, or a write key';
  return new EngineError('ERR_UNAUTHORIZED', message, { retryable: false });
}

function holdBack(reply: FastifyReply, overLimitMs: number, deps: IngestRoutesDeps): FastifyReply {
  deps.telemetry.rateLimited();
  const detail = 'this key is over its limit of events per second; send the events again after the time named';
  return sendAgain(reply, { code: 'ERR_RATE_LIMITED', detail, overLimitMs }, deps);
}

function turnDown(reply: FastifyReply, deps: IngestRoutesDeps): FastifyReply {
  deps.telemetry.turnedDown();
  const detail = 'too much is unfinished at this moment; send the events again';
  return sendAgain(reply, { code: 'ERR_OVERLOADED', detail }, deps);
}

interface Refusal {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly overLimitMs?: number;
}

function sendAgain(reply: FastifyReply, refusal: Refusal, deps: IngestRoutesDeps): FastifyReply {
  const { code, detail, overLimitMs = 0 } = refusal;
  const status = code === 'ERR_RATE_LIMITED' ? 429 : 503;
  const problem = { type: `urn:tidewatch:error:${code}`, title: errorRegistry[code], status, detail, code };
  return reply
    .code(status)
    .header('retry-after', deps.backlog.retryAfterSeconds(overLimitMs))
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}
