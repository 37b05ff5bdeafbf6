import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import { featureNames, writeFeatures } from '../../core/features/feature-catalogue.ts';
import { isoFromEpochDay } from '../../core/events/epoch-day.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SegmentPlan } from '../../core/segments/segment-plan.ts';
import { scoreToJson } from '../../core/scoring/score-to-json.ts';
import type { ScorerTenant } from '../scorer-tenant.ts';
import type { CustomerReader, CustomerView } from './customer-reader.ts';
import type { ProfileReader } from './profile-reader.ts';

export interface CustomerRoutesDeps {
  readonly reader: CustomerReader;
  readonly profiles: ProfileReader;
  readonly tenants: ReadonlyMap<string, ScorerTenant>;
  /** Says what the kept places of a customer are called. */
  readonly segments: Pick<SegmentPlan, 'placesIn'>;
  readonly clock: Clock;
  readonly authorize: preHandlerAsyncHookHandler;
}

const maxBatch = 1_000;

/** `GET /v1/customers/{id}`, `…/{id}/score`, `…/{id}/profile`, `POST /v1/scores:batch`. */
export function addCustomerRoutes(server: FastifyInstance, deps: CustomerRoutesDeps): void {
  const { authorize: preHandler } = deps;
  server.get<{ Params: { id: string } }>('/v1/customers/:id', { preHandler }, async ({ tenant, params }) =>
    portrait(await readOne(deps, tenant, params.id), tenant, deps),
  );
  server.get<{ Params: { id: string } }>('/v1/customers/:id/score', { preHandler }, async ({ tenant, params }) => {
    const json = scoreWithFreshness(await readOne(deps, tenant, params.id), deps.clock);
    if (json === null) throw notFound('The customer has no score yet.');
    return json;
  });
  server.get<{ Params: { id: string } }>('/v1/customers/:id/profile', { preHandler }, ({ tenant, params }) =>
    readProfile(deps, tenant, params.id),
  );
  server.post<{ Body: unknown }>('/v1/scores::batch', { preHandler }, ({ tenant, body }) =>
    readBatch(deps, tenant, parseIds(body)),
  );
}

async function readOne({ reader }: CustomerRoutesDeps, tenant: string, id: string): Promise<CustomerView> {
  const [view] = await reader.read(tenant, [reader.resolve(tenant, id)]);
  if (view === null) throw notFound('The customer is unknown: no event that a feature reads has arrived.');
  return view;
}

/** Ids that are not ids at all are missing too: one of them must not spoil the batch. */
async function readBatch({ reader, clock }: CustomerRoutesDeps, tenant: string, ids: readonly string[]) {
  const known = ids.flatMap((id) => {
    const surrogate = reader.resolveIfValid(tenant, id);
    return surrogate === null ? [] : [{ id, surrogate }];
  });
  const views = await reader.read(
    tenant,
    known.map(({ surrogate }) => surrogate),
  );
  const found = new Map(known.map(({ id }, i) => [id, scoreOf(views[i], clock)] as const));
  const scores = ids.flatMap((id) => found.get(id) ?? []);
  return { scores, missing: ids.filter((id) => (found.get(id) ?? null) === null) };
}

function scoreOf(view: CustomerView | null, clock: Clock): object | null {
  return view === null ? null : scoreWithFreshness(view, clock);
}

/** The clock of ingest may run ahead of this one: nothing is fresher than now. */
function scoreWithFreshness({ score, scoredFrom }: CustomerView, clock: Clock): object | null {
  if (score === null) return null;
  return { ...scoreToJson(score), freshnessMs: Math.max(0, clock.now() - (scoredFrom ?? score.receivedAt)) };
}

/** Also of customers of whom no feature knows anything yet. */
async function readProfile({ reader, profiles }: CustomerRoutesDeps, tenant: string, id: string): Promise<object> {
  const surrogate = reader.resolve(tenant, id);
  const profile = await profiles.read(tenant, surrogate);
  if (profile === null) throw notFound('Nothing is known of the customer: no event about the customer has arrived.');
  return { customerId: `~${surrogate}`, tenant, ...profile };
}

async function portrait(view: CustomerView, tenant: string, deps: CustomerRoutesDeps): Promise<object> {
  const { tenants, segments, clock, profiles } = deps;
  return {
    customerRef: view.score?.customerRef ?? null,
    customerId: `~${view.surrogate}`,
    tenant,
    version: view.state.version,
    asOf: isoFromEpochDay(view.state.blocks[0].asOf),
    features: featuresOf(view, tenants.get(tenant)?.minorPerMajor ?? 100),
    segments: segments.placesIn(view.state.segments),
    profile: await profiles.read(tenant, view.surrogate),
    score: scoreWithFreshness(view, clock),
  };
}

function featuresOf(view: CustomerView, minorPerMajor: number): Record<string, number | null> {
  const [block] = view.state.blocks;
  const values = new Float64Array(featureNames.length);
  writeFeatures(block.features, block.asOf, minorPerMajor, values);
  return Object.fromEntries(featureNames.map((name, i) => [name, Number.isNaN(values[i]) ? null : values[i]]));
}

function parseIds(body: unknown): string[] {
  const ids = typeof body === 'object' && body !== null && 'ids' in body ? body.ids : undefined;
  if (Array.isArray(ids) && ids.length <= maxBatch && ids.every((id) => typeof id === 'string')) return ids;
  throw new EngineError(
    'ERR_USAGE',
    `The body must be {"ids": [...]} with at most ${maxBatch} customer ids as strings.`,
    {
      retryable: false,
    },
  );
}

function notFound(message: string): EngineError {
  return new EngineError('ERR_NOT_FOUND', message, { retryable: false });
}
