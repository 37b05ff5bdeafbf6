import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import type { TrackingPlan } from '../core/plan/tracking-plan.ts';
import type { UnmappedStore } from '../core/ports/unmapped-store.ts';
import type { UnmappedBook } from './unmapped/unmapped-book.ts';

export interface PlanRoutesDeps {
  readonly plan: () => TrackingPlan;
  readonly store: Pick<UnmappedStore, 'read'>;
  readonly book: Pick<UnmappedBook, 'flush'>;
  /** Lets requests with a token pass and says of which tenant it is. */
  readonly requireToken: preHandlerAsyncHookHandler;
}

/** Adds `GET /v1/plan/unmapped`: what a tenant's senders say that the plan in force does not know, the most frequent first. */
export function addPlanRoutes(server: FastifyInstance, { plan, store, book, requireToken }: PlanRoutesDeps): void {
  server.get('/v1/plan/unmapped', { preHandler: requireToken }, async ({ tenant }) => {
    await book.flush();
    const names = [...(await store.read(tenant))].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
    return {
      planVersion: plan().version,
      names: names.map(({ firstSeen, lastSeen, ...each }) => ({
        ...each,
        firstSeen: new Date(firstSeen).toISOString(),
        lastSeen: new Date(lastSeen).toISOString(),
        // The plan may have learned the name since.
        isMappedNow: plan().forSource(tenant, each.source).meaningOf(each.name).isMapped,
      })),
    };
  });
}
