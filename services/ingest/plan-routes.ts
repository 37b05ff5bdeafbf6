import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import type { TrackingPlan } from '../core/plan/tracking-plan.ts';
import type { UnmappedNames } from './unmapped-names.ts';

export interface PlanRoutesDeps {
  readonly plan: () => TrackingPlan;
  readonly unmapped: UnmappedNames;
  /** Lets requests with a token pass and says of which tenant it is. */
  readonly requireToken: preHandlerAsyncHookHandler;
}

/** Adds `GET /v1/plan/unmapped`: what a tenant's senders say that the plan in force does not know. */
export function addPlanRoutes(server: FastifyInstance, { plan, unmapped, requireToken }: PlanRoutesDeps): void {
  server.get('/v1/plan/unmapped', { preHandler: requireToken }, (request) => ({
    planVersion: plan().version,
    names: unmapped.of(request.tenant).map(({ firstSeen, lastSeen, ...each }) => ({
      ...each,
      firstSeen: new Date(firstSeen).toISOString(),
      lastSeen: new Date(lastSeen).toISOString(),
      // The plan may have learned the name since.
      isMappedNow: plan().forSource(request.tenant, each.source).meaningOf(each.name).isMapped,
    })),
  }));
}
