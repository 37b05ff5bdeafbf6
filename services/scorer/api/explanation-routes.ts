import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import { isoFromEpochDay } from '../../core/events/epoch-day.ts';
import { featureNames, writeFeatures } from '../../core/features/feature-catalogue.ts';
import { ownBlock } from '../../core/features/own-block.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { ExplainableModel } from '../../core/ports/explainable-model.ts';
import { createExplainer, type Explainer } from '../../core/reasons/create-explainer.ts';
import { explanationToJson } from '../../core/reasons/explanation-to-json.ts';
import type { Score } from '../../core/scoring/score.ts';
import { createVectorHasher } from '../../core/scoring/vector-hash.ts';
import type { ScorerTenant } from '../scorer-tenant.ts';
import type { CustomerReader, CustomerView } from './customer-reader.ts';

export interface ExplanationRoutesDeps {
  readonly reader: CustomerReader;
  readonly tenants: ReadonlyMap<string, ScorerTenant>;
  readonly model: ExplainableModel;
  readonly digest: Digest;
  readonly authorize: preHandlerAsyncHookHandler;
}

/**
 * `GET /v1/customers/{id}/explanation`: why the loaded model says of the customer what it says, from the stored state at
 * the day of the last score. It is computed when asked for, never on the way of an event.
 */
export function addExplanationRoutes(server: FastifyInstance, deps: ExplanationRoutesDeps): void {
  const explain = createExplainer(deps.model, featureNames);
  const hashVector = createVectorHasher(deps.digest, featureNames.length);
  server.get<{ Params: { id: string } }>(
    '/v1/customers/:id/explanation',
    { preHandler: deps.authorize },
    async ({ tenant, params }) => {
      const [view] = await deps.reader.read(tenant, [deps.reader.resolve(tenant, params.id)]);
      if (view === null) throw notFound('The customer is unknown: no event that a feature reads has arrived.');
      const { score } = view;
      if (score === null) throw notFound('The customer has no score yet.');
      return explainView(
        { ...view, score },
        { explain, hashVector, tenant: deps.tenants.get(tenant), model: deps.model },
      );
    },
  );
}

function explainView(
  { surrogate, state, score }: CustomerView & { readonly score: Score },
  {
    explain,
    hashVector,
    tenant,
    model,
  }: {
    readonly explain: Explainer;
    readonly hashVector: (raw: Float64Array, at: number) => string;
    readonly tenant: ScorerTenant | undefined;
    readonly model: ExplainableModel;
  },
): object {
  const block = ownBlock(state);
  // a day that passed in silence may have moved the state on without a new score
  const asOf = Math.max(score.asOf, block.asOf);
  const raw = new Float64Array(featureNames.length);
  writeFeatures(block.features, asOf, tenant?.minorPerMajor ?? 100, raw);
  const explanation = explain(raw, tenant?.currency ?? model.manifest.currency);
  if (explanation === null)
    throw notFound('The figures of the customer cannot be scored, so nothing can be explained.');
  const { name, version } = model.manifest;
  return {
    customerRef: score.customerRef,
    customerId: `~${surrogate}`,
    tenant: score.tenant,
    scoreId: score.scoreId,
    asOf: isoFromEpochDay(asOf),
    modelVersion: `${name}/${version}`,
    isOfScore: score.modelVersion === `${name}/${version}` && hashVector(raw, 0) === score.vectorHash,
    ...explanationToJson(explanation),
  };
}

function notFound(message: string): EngineError {
  return new EngineError('ERR_NOT_FOUND', message, { retryable: false });
}
