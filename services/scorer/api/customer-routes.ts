import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import { featureNames, writeFeatures } from '../../core/features/feature-catalogue.ts';
import { isoFromEpochDay } from '../../core/events/epoch-day.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { scoreToJson } from '../../core/scoring/score-to-json.ts';
import type { ScorerTenant } from '../scorer-tenant.ts';
import type { CustomerReader, CustomerView } from './customer-reader.ts';

export interface CustomerRoutesDeps {
  readonly reader: CustomerReader;
  readonly tenants: ReadonlyMap<string, ScorerTenant>;
  readonly clock: Clock;
  readonly authorize: preHandlerAsyncHookHandler;
}

const maxBatch = 1_000;

/** `GET /v1/customers/{id}`, `GET /v1/customers/{id}/score`, `POST /v1/scores:batch`. */
export function addCustomerRoutes(server: FastifyInstance, deps: CustomerRoutesDeps): void {
  const { reader, clock, authorize: preHandler } = deps;

  const withFreshness = ({ score, scoredFrom }: CustomerView): object | null =>
    score === null ? null : { ...scoreToJson(score), freshnessMs: clock.now() - (scoredFrom ?? score.receivedAt) };

  async function readOne(tenant: string, id: string): Promise<CustomerView> {
    const [view] = await reader.read(tenant, [reader.resolve(tenant, id)]);
    if (view === null) throw notFound('The customer is unknown: no event that a feature reads has arrived.');
    return view;
  }

  server.get<{ Params: { id: string } }>('/v1/customers/:id', { preHandler }, async (request) => {
    const view = await readOne(request.tenant, request.params.id);
    const tenant = deps.tenants.get(request.tenant);
    return {
      customerRef: view.score?.customerRef ?? null,
      customerId: `~${view.surrogate}`,
      tenant: request.tenant,
      version: view.state.version,
      asOf: isoFromEpochDay(view.state.blocks[0].asOf),
      features: featuresOf(view, tenant?.minorPerMajor ?? 100),
      score: withFreshness(view),
    };
  });

  server.get<{ Params: { id: string } }>('/v1/customers/:id/score', { preHandler }, async (request) => {
    const json = withFreshness(await readOne(request.tenant, request.params.id));
    if (json === null) throw notFound('The customer has no score yet.');
    return json;
  });

  server.post<{ Body: unknown }>('/v1/scores\\:batch', { preHandler }, async (request) => {
    const ids = parseIds(request.body);
    const surrogates = ids.map((id) => deps.reader.resolve(request.tenant, id));
    const views = await reader.read(request.tenant, surrogates);
    const scores: object[] = [];
    const missing: string[] = [];
    views.forEach((view, i) => {
      const json = view === null ? null : withFreshness(view);
      if (json === null) missing.push(ids[i]);
      else scores.push(json);
    });
    return { scores, missing };
  });
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
