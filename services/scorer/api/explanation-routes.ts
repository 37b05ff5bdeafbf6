import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import { isoFromEpochDay } from '../../core/events/epoch-day.ts';
import { featureNames, writeFeatures } from '../../core/features/feature-catalogue.ts';
import { ownBlock } from '../../core/features/own-block.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { ExplainableModel } from '../../core/ports/explainable-model.ts';
import { createSlicedExplainer } from '../../core/reasons/create-explainer.ts';
import { explanationToJson } from '../../core/reasons/explanation-to-json.ts';
import type { Explanation } from '../../core/reasons/explanation.ts';
import type { Sliced } from '../../core/sliced.ts';
import type { Score } from '../../core/scoring/score.ts';
import { createVectorHasher } from '../../core/scoring/vector-hash.ts';
import type { EpochDay } from '../../core/units.ts';
import type { ScorerTenant } from '../scorer-tenant.ts';
import type { CustomerReader, CustomerView } from './customer-reader.ts';

export interface ExplanationRoutesDeps {
  readonly reader: CustomerReader;
  readonly tenants: ReadonlyMap<string, ScorerTenant>;
  readonly model: ExplainableModel;
  readonly digest: Digest;
  /** Does one explanation after the other, in slices, and refuses where too many wait. */
  readonly run: <T>(work: () => Sliced<T>) => Promise<T>;
  readonly authorize: preHandlerAsyncHookHandler;
}

/**
 * `GET /v1/customers/{id}/explanation`: why the loaded model says of the customer what it says, from the stored state at
 * the day of the last score. It is computed when asked for, in slices between which the scorer goes on with its records.
 */
export function addExplanationRoutes(server: FastifyInstance, deps: ExplanationRoutesDeps): void {
  const explain = createSlicedExplainer(deps.model, featureNames);
  const hashVector = createVectorHasher(deps.digest, featureNames.length);
  server.get<{ Params: { id: string }; Querystring: { scoreId?: unknown } }>(
    '/v1/customers/:id/explanation',
    { preHandler: deps.authorize },
    async ({ tenant, params, query }) => {
      refuseUnknown(query);
      const [view] = await deps.reader.read(tenant, [deps.reader.resolve(tenant, params.id)]);
      if (view === null) throw notFound('The customer is unknown: no event that a feature reads has arrived.');
      const { score } = view;
      if (score === null) throw notFound('The customer has no score yet.');
      const scored = { ...view, score };
      const isWanted = requireScore(scored, query.scoreId, deps.model);
      const { raw, asOf } = vectorOf(scored, deps.tenants.get(tenant)?.minorPerMajor ?? 100, isWanted);
      const vectorHash = hashVector(raw, 0);
      if (isWanted && vectorHash !== score.vectorHash)
        throw notFound('The state does not give the vector of this score any more, so it cannot be explained.');
      const currency = deps.tenants.get(tenant)?.currency ?? deps.model.manifest.currency;
      const explanation = await deps.run(() => explain(raw, currency));
      if (explanation === null)
        throw notFound('The figures of the customer cannot be scored, so nothing can be explained.');
      return toJson(scored, explanation, { asOf, vectorHash, model: deps.model });
    },
  );
}

/** A misspelt `scoreId` would otherwise get the explanation of another score. */
function refuseUnknown({ scoreId: _, ...others }: Readonly<Record<string, unknown>>): void {
  const [unknown] = Object.keys(others);
  if (unknown === undefined) return;
  const message = `"${unknown.slice(0, 64)}" is no parameter; there is scoreId.`;
  throw new EngineError('ERR_USAGE', message, { retryable: false });
}

type ScoredView = CustomerView & { readonly score: Score };

/** @returns whether one score is asked for, which then is the latest, made by the loaded model */
function requireScore({ score }: ScoredView, scoreId: unknown, { manifest }: ExplainableModel): boolean {
  if (scoreId === undefined) return false;
  if (score.scoreId !== scoreId)
    throw notFound(`This is not the latest score of the customer, which is ${score.scoreId}.`);
  if (score.modelVersion === `${manifest.name}/${manifest.version}`) return true;
  throw notFound(`The score was made by ${score.modelVersion}, which is not loaded here.`);
}

function vectorOf(
  { state, score }: ScoredView,
  minorPerMajor: number,
  isOfScore: boolean,
): { readonly raw: Float64Array; readonly asOf: EpochDay } {
  const block = ownBlock(state);
  // a day that passed in silence may have moved the state on without a new score
  const asOf = isOfScore ? score.asOf : Math.max(score.asOf, block.asOf);
  const raw = new Float64Array(featureNames.length);
  writeFeatures(block.features, asOf, minorPerMajor, raw);
  return { raw, asOf };
}

function toJson(
  { surrogate, score }: ScoredView,
  explanation: Explanation,
  {
    asOf,
    vectorHash,
    model,
  }: { readonly asOf: EpochDay; readonly vectorHash: string; readonly model: ExplainableModel },
): object {
  const { name, version } = model.manifest;
  return {
    customerRef: score.customerRef,
    customerId: `~${surrogate}`,
    tenant: score.tenant,
    scoreId: score.scoreId,
    asOf: isoFromEpochDay(asOf),
    modelVersion: `${name}/${version}`,
    isOfScore: score.modelVersion === `${name}/${version}` && vectorHash === score.vectorHash,
    ...explanationToJson(explanation),
  };
}

function notFound(message: string): EngineError {
  return new EngineError('ERR_NOT_FOUND', message, { retryable: false });
}
