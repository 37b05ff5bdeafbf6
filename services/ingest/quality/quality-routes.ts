import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import type { QualityStore } from '../../core/ports/quality-store.ts';
import type { QualityTargets } from '../../core/quality/quality-targets.ts';
import type { EpochMs } from '../../core/units.ts';
import type { IngestTenant } from '../ingest-tenant.ts';
import type { JsonObject } from '../json-object.ts';
import type { QualityBook } from './quality-book.ts';
import { reportQuality } from './report-quality.ts';

export interface QualityRoutesDeps {
  readonly store: QualityStore;
  readonly book: QualityBook;
  /** Those of the installation file in force now. */
  readonly tenants: () => ReadonlyMap<string, IngestTenant>;
  readonly targets: () => QualityTargets;
  readonly now: () => EpochMs;
  /** Lets requests with a token pass and says of which tenant it is. */
  readonly requireToken: preHandlerAsyncHookHandler;
}

export const mostQualityDays = 90;
const usualDays = 7;

/** Adds `GET /v1/quality?source=&days=`: the four scores of a tenant's sources. */
export function addQualityRoutes(server: FastifyInstance, deps: QualityRoutesDeps): void {
  server.get('/v1/quality', { preHandler: deps.requireToken }, async (request) => {
    const { source, days } = readQuery(request.query as JsonObject);
    const tenant = deps.tenants().get(request.tenant);
    if (tenant === undefined) {
      throw new EngineError('ERR_NOT_FOUND', 'the tenant is not in the installation file any more', {
        retryable: false,
      });
    }
    await deps.book.flush();
    return reportQuality({ tenant, source, days, now: deps.now(), targets: deps.targets() }, deps.store);
  });
}

function readQuery({ source, days, ...others }: JsonObject): { readonly source: string | null; readonly days: number } {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw usage(`"${unknown.slice(0, 64)}" is no parameter; use source and days`);
  if (source !== undefined && typeof source !== 'string') throw usage('"source" must stand once');
  if (days === undefined) return { source: source ?? null, days: usualDays };
  const count = typeof days === 'string' && /^\d{1,3}$/.test(days) ? Number(days) : 0;
  if (count < 1 || count > mostQualityDays) throw usage(`"days" must be a whole number of 1 to ${mostQualityDays}`);
  return { source: source ?? null, days: count };
}

function usage(message: string): EngineError {
  return new EngineError('ERR_USAGE', message, { retryable: false });
}
