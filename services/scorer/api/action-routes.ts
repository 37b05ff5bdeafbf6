import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { actionText } from '../../core/actions/action-text.ts';
import { nextBestAction, type NextBestAction, type ServedPolicy } from '../../core/actions/next-best-action.ts';
import { EngineError } from '../../core/errors.ts';
import { isoFromEpochDay } from '../../core/events/epoch-day.ts';
import { featureNames, writeFeatures } from '../../core/features/feature-catalogue.ts';
import { ownBlock } from '../../core/features/own-block.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { EpochDay } from '../../core/units.ts';
import { shareOfHash } from '../../core/share-of-hash.ts';
import type { ScorerTenant } from '../scorer-tenant.ts';
import { readActionParameters, type ActionParameters } from './action-context.ts';
import type { CustomerReader, CustomerView } from './customer-reader.ts';

export interface ActionRoutesDeps {
  readonly reader: CustomerReader;
  readonly tenants: ReadonlyMap<string, ScorerTenant>;
  /** Null where none is configured. */
  readonly policy: AnsweringPolicy | null;
  readonly digest: Digest;
  readonly authorize: preHandlerAsyncHookHandler;
}

/** A policy, and what an answer says of it. */
export interface AnsweringPolicy extends ServedPolicy {
  readonly version: string;
  readonly learnt: { readonly rows: number; readonly customers: number; readonly reward: string } & object;
}

/**
 * `GET /v1/customers/{id}/next-best-action`: what the policy does for the customer at the day of the stored state. On one
 * day and under one policy a customer gets the same answer, however often it is asked for.
 */
export function addActionRoutes(server: FastifyInstance, deps: ActionRoutesDeps): void {
  server.get<{ Params: { id: string }; Querystring: Record<string, unknown> }>(
    '/v1/customers/:id/next-best-action',
    { preHandler: deps.authorize },
    async ({ tenant, params, query }) => {
      const { policy } = deps;
      if (policy === null)
        throw notFound('No policy is configured: set TIDEWATCH_POLICY_FILE to what `tidewatch policy learn` wrote.');
      const parameters = readActionParameters(query);
      const [view] = await deps.reader.read(tenant, [deps.reader.resolve(tenant, params.id)]);
      if (view === null) throw notFound('The customer is unknown: no event that a feature reads has arrived.');
      if (view.state.withheld || view.state.erased)
        throw notFound('The customer may not be profiled, so no action is chosen.');
      return answer({ view, tenant, parameters, policy }, deps);
    },
  );
}

interface Asked {
  readonly view: CustomerView;
  readonly tenant: string;
  readonly parameters: ActionParameters;
  readonly policy: AnsweringPolicy;
}

function answer({ view, tenant, parameters, policy }: Asked, { tenants, digest }: ActionRoutesDeps): object {
  const { surrogate, state, score } = view;
  const { features, asOf: stateDay } = ownBlock(state);
  const asOf = Math.max(score?.asOf ?? stateDay, stateDay);
  const raw = new Float64Array(featureNames.length);
  writeFeatures(features, asOf, tenants.get(tenant)?.minorPerMajor ?? 100, raw);
  const context = policy.policy.perCustomer === null ? [] : policy.policy.context;
  const cells = context.map((column) => parameters.cells.get(column) ?? featureCell(raw, column));
  const draw = shareOfHash(digest, [policy.version, tenant, surrogate, asOf]);
  const chosen = nextBestAction(policy, { cells, context: parameters.offers, draw });
  return {
    customerRef: score?.customerRef ?? null,
    customerId: `~${surrogate}`,
    tenant,
    asOf: isoFromEpochDay(asOf),
    ...describe(chosen, policy, asOf),
    unknownContext: context.filter((_, i) => cells[i] === ''),
  };
}

function describe(chosen: NextBestAction, { version, policy, learnt }: AnsweringPolicy, asOf: EpochDay): object {
  const { en, zhCN } = actionText(chosen.basis, learnt.rows);
  const { action, basis, propensity, expectedGain, ruledOut } = chosen;
  return {
    action,
    basis,
    reason: { en, 'zh-CN': zhCN },
    propensity,
    expectedGain,
    ruledOut,
    policy: { version, treatsAllAlike: policy.perCustomer === null, learnt },
    /** What to send to ingest when the action is shown; accepted and rejected alike. The log is made of these events. */
    report:
      action === null
        ? null
        : {
            types: ['offer.shown', 'offer.accepted', 'offer.rejected'],
            properties: { offerId: action, propensity, policyVersion: version, asOf: isoFromEpochDay(asOf) },
          },
  };
}

/** A context column that has the name of a feature holds the customer's own figure. */
function featureCell(raw: Float64Array, column: string): string {
  const value = raw[featureNames.indexOf(column)];
  return value === undefined || Number.isNaN(value) ? '' : String(value);
}

function notFound(message: string): EngineError {
  return new EngineError('ERR_NOT_FOUND', message, { retryable: false });
}
