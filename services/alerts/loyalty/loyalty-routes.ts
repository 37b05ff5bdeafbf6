import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { commandFaults } from '../../core/commands/command-fault.ts';
import { EngineError } from '../../core/errors.ts';
import type { LoyaltyRules } from '../../core/loyalty/loyalty-rules.ts';
import { loyaltyStanding } from '../../core/loyalty/loyalty-standing.ts';
import { emptyLoyaltyState } from '../../core/loyalty/loyalty-state.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';
import { correctPoints, type Correction, type CorrectPointsDeps } from './correct-points.ts';
import { readLoyaltyState } from './loyalty-reader.ts';
import type { LoyaltyTenant } from './loyalty-tenant.ts';
import { benefitsOf, standingToJson } from './standing-to-json.ts';

export interface LoyaltyRoutesDeps extends CorrectPointsDeps {
  readonly tenants: ReadonlyMap<string, LoyaltyTenant>;
  /** Lets requests with a known token pass and sets `request.tenant`. */
  readonly authorize: preHandlerAsyncHookHandler;
}

interface ById {
  readonly Params: { readonly id: string };
}

/** `GET /v1/customers/{id}/loyalty`, `POST /v1/customers/{id}/points`, `GET /v1/loyalty/benefits`. */
export function addLoyaltyRoutes(server: FastifyInstance, deps: LoyaltyRoutesDeps): void {
  const { authorize: preHandler } = deps;
  server.get<ById & { Querystring: Record<string, unknown> }>(
    '/v1/customers/:id/loyalty',
    { preHandler },
    ({ tenant, params, query }) => showStanding(deps, tenant, params.id, query),
  );
  server.get('/v1/loyalty/benefits', { preHandler }, ({ tenant }) => showBenefits(tenantOf(deps, tenant).rules()));
  server.post<ById & { Body: unknown }>('/v1/customers/:id/points', { preHandler }, async (request, reply) => {
    const key = keyOf(deps, request.tenant, request.params.id);
    const correction = parseCorrection(request.body);
    const idempotencyKey = parseKey(request.headers['idempotency-key']);
    if (idempotencyKey === null && request.headers['idempotency-key'] !== undefined) {
      throw usage('Idempotency-Key must be a text of 1 to 200 characters.');
    }
    const answer = await correctPoints(deps, key, { correction, idempotencyKey });
    if (answer.fault !== null) throw refused(`The correction is refused: ${commandFaults[answer.fault]}.`);
    const { commandId } = answer;
    if (answer.result === 'pending') return reply.code(202).send({ commandId, result: 'pending', points: null });
    const { points } = await standingOf(deps, key);
    return { commandId, result: 'done', points: points?.balance ?? null };
  });
}

async function showStanding(
  deps: LoyaltyRoutesDeps,
  tenantId: string,
  id: string,
  query: Readonly<Record<string, unknown>>,
): Promise<object> {
  const tenant = tenantOf(deps, tenantId);
  const key = keyOf(deps, tenantId, id);
  const stage = parseStage(query, tenant.rules());
  const { standing } = await standingOf(deps, key);
  if (standing === null) throw notFound('The customer is no member: nothing that makes one has arrived.');
  const { minorPerMajor, currency } = tenant;
  const json = standingToJson(standing, { rules: tenant.rules(), minorPerMajor, currency, stage });
  return { customerId: `~${key.surrogate}`, tenant: tenantId, ...json };
}

async function standingOf(deps: LoyaltyRoutesDeps, key: CustomerKey) {
  const tenant = tenantOf(deps, key.tenant);
  const state = await readLoyaltyState(deps.store, key);
  const today = tenant.calendar.dayOf(deps.clock.now());
  const standing = state === null ? null : loyaltyStanding(state, today, tenant.rules());
  return { standing, points: standing?.points ?? loyaltyStanding(emptyLoyaltyState(), today, tenant.rules())?.points };
}

function showBenefits({ document, version }: LoyaltyRules): object {
  const { levels, benefits } = document;
  return {
    rules: version,
    machine: benefits.machine,
    levels: levels.map(({ name, label, from_spend }) => ({
      ...{ name, label, fromSpend: from_spend },
      benefits: benefitsOf(document, name, null),
    })),
  };
}

function parseStage({ stage, ...others }: Readonly<Record<string, unknown>>, rules: LoyaltyRules): string | null {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw usage(`"${unknown}" is not a parameter of this path; it takes stage.`);
  if (stage === undefined) return null;
  const stages = Object.keys(Object.values(rules.document.benefits.matrix)[0] ?? {});
  if (typeof stage === 'string' && stages.includes(stage)) return stage;
  throw usage(`stage must be one of ${stages.join(', ')}.`);
}

function parseCorrection(body: unknown): Correction {
  if (typeof body !== 'object' || body === null) throw usage('The body must be {"points": …, "note": "…"}.');
  const { points, note, actor = 'api', ...others } = body as Readonly<Record<string, unknown>>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw usage(`"${unknown}" is not a member of the body; it takes points, note and actor.`);
  if (typeof points !== 'number' || !Number.isSafeInteger(points) || points === 0 || Math.abs(points) > 1e9) {
    throw usage('points must be a whole number, not 0, of at most 1000000000; negative takes points away.');
  }
  if (!isText(note, 2_000)) throw usage('note must say why, in 1 to 2000 characters.');
  if (!isText(actor, 200)) throw usage('actor must be a name of 1 to 200 characters.');
  return { points, note, actor };
}

function isText(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= most && value.isWellFormed();
}

function parseKey(header: string | readonly string[] | undefined): string | null {
  return isText(header, 200) ? header : null;
}

function tenantOf({ tenants }: LoyaltyRoutesDeps, id: string): LoyaltyTenant {
  const tenant = tenants.get(id);
  if (tenant !== undefined) return tenant;
  throw notFound('The tenant of this token was added after the start of the service; start it again.');
}

function keyOf(deps: LoyaltyRoutesDeps, tenant: string, id: string): CustomerKey {
  const surrogate = tenantOf(deps, tenant).surrogateOf(id);
  if (surrogate !== null) return { tenant, surrogate };
  throw notFound('This is not a customer id; use user:ID, ID, or ~ followed by 32 hexadecimal digits.');
}

function notFound(message: string): EngineError {
  return new EngineError('ERR_NOT_FOUND', message, { retryable: false });
}

function usage(message: string): EngineError {
  return new EngineError('ERR_USAGE', message, { retryable: false });
}

function refused(message: string): EngineError {
  return new EngineError('ERR_STATE_CONFLICT', message, { retryable: false });
}
