import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import { isJsonObject } from '../json-object.ts';
import type { JsonObject } from '../json-object.ts';
import type { DeadLetters } from './dead-letters.ts';
import { formatCursor } from './letter-cursor.ts';
import type { LetterOutcome } from './letter-outcome.ts';
import { contentToJson, letterToJson, pageToJson } from './letter-to-json.ts';
import { readLetterQuery, readSelection, readSwitch } from './read-letter-query.ts';

export interface LetterRoutesDeps {
  readonly letters: DeadLetters;
  readonly authorize: preHandlerAsyncHookHandler;
}

const mostListed = 500;
/** Of one call that settles letters: it ends within a request's time. */
const mostSettled = 100;

/** `GET /v1/dead-letters`, `GET /v1/dead-letters/{id}`, `POST /v1/dead-letters:replay` and `:drop`. */
export function addLetterRoutes(server: FastifyInstance, { letters, authorize: preHandler }: LetterRoutesDeps): void {
  server.get('/v1/dead-letters', { preHandler }, (request) => list(letters, request));
  server.get<{ Params: { id: string } }>('/v1/dead-letters/:id', { preHandler }, (request) => show(letters, request));
  server.post('/v1/dead-letters::replay', { preHandler }, (request) => {
    const options = { dryRun: switchOf(request, 'dryRun'), asNewId: switchOf(request, 'asNewId') };
    return settle(letters, request, (ids) => letters.replay(request.tenant, ids, options));
  });
  server.post('/v1/dead-letters::drop', { preHandler }, (request) => {
    const options = { dryRun: switchOf(request, 'dryRun') };
    return settle(letters, request, (ids) => letters.drop(request.tenant, ids, options));
  });
}

async function list(letters: DeadLetters, { tenant, query, log }: FastifyRequest): Promise<object> {
  const { reveal, ...fields } = query as JsonObject;
  const isClear = readSwitch({ reveal }, 'reveal');
  const page = await letters.list(tenant, readLetterQuery(fields, mostListed));
  if (isClear) log.info({ tenant, letters: page.letters.length }, 'ids of dead letters were read in clear');
  return pageToJson(page, isClear);
}

async function show(letters: DeadLetters, request: FastifyRequest<{ Params: { id: string } }>): Promise<object> {
  const { tenant, params } = request;
  const withContent = readSwitch(request.query as JsonObject, 'original');
  const isClear = withContent || readSwitch(request.query as JsonObject, 'reveal');
  const shown = await letters.show(tenant, params.id, withContent);
  if (shown === null) throw new EngineError('ERR_NOT_FOUND', 'there is no such dead letter', { retryable: false });
  const { letter, content } = shown;
  const about = { tenant, letter: letter.id, eventCode: letter.letter.code };
  if (isClear && content === null) request.log.info(about, 'ids of a dead letter were read in clear');
  if (content === null) return letterToJson(letter, isClear);
  request.log.info(about, 'the original of a dead letter was read');
  return { ...letterToJson(letter, isClear), ...contentToJson(content, letter.letter.topic === null) };
}

async function settle(
  letters: DeadLetters,
  { tenant, body, log, routeOptions }: FastifyRequest,
  act: (ids: readonly string[]) => Promise<readonly LetterOutcome[]>,
): Promise<object> {
  const selection = readSelection(body, mostSettled);
  const page = 'ids' in selection ? null : await letters.list(tenant, selection.query);
  // Oldest first, as the events came.
  const ids = 'ids' in selection ? selection.ids : (page?.letters.map(({ id }) => id).reverse() ?? []);
  const results = await act(ids);
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  log.info({ tenant, route: routeOptions.url ?? null, ...counts }, 'dead letters were settled');
  const cursor = page?.cursor ?? null;
  return { results, counts, cursor: cursor === null ? null : formatCursor(cursor) };
}

function switchOf({ body }: FastifyRequest, name: string): boolean {
  return readSwitch(isJsonObject(body) ? body : {}, name);
}
