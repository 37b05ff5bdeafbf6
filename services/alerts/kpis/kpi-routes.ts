import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import { allKpis } from '../../core/kpis/all-kpis.ts';
import { cellsOf, type CellReader } from '../../core/kpis/expression.ts';
import type { KpiPlan } from '../../core/kpis/kpi-plan.ts';
import { periodOf } from '../../core/kpis/period.ts';
import type { KpiCells } from '../../core/kpis/read-period.ts';
import { CellSource } from '../../core/kpis/scorecard/cell-source.ts';
import { readScorecard, readSlicedScorecards } from '../../core/kpis/scorecard/read-scorecards.ts';
import { scorecardToJson } from '../../core/kpis/scorecard/scorecard-to-json.ts';
import type { Scorecard } from '../../core/kpis/scorecard/scorecard.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { type KpiQuery, parseKpiQuery } from './kpi-query.ts';
import type { KpiTenant, KpiTenants } from './kpi-tenant.ts';
import { requireStaffRole } from './require-staff-role.ts';

export interface KpiRoutesDeps {
  readonly cells: KpiCells;
  readonly tenants: KpiTenants;
  readonly clock: Clock;
  /** Lets requests with a known token pass and sets `request.tenant` and `request.tokenRoles`. */
  readonly authorize: preHandlerAsyncHookHandler;
}

/** `GET /v1/kpis`: the scorecard of the caller's tenant for a period, as the facts of now have it. */
export function addKpiRoutes(server: FastifyInstance, deps: KpiRoutesDeps): void {
  server.get('/v1/kpis', { preHandler: deps.authorize }, async (request) => {
    const tenant = await tenantOf(deps, request.tenant);
    const query = askedBy(request, periodOf('month', tenant.calendar.dayOf(deps.clock.now())));
    return showKpis(new CellSource(deps.cells, tenant.id), tenant, query);
  });
}

function askedBy(request: FastifyRequest, current: KpiQuery['period']): KpiQuery {
  const asked = parseKpiQuery(request.query as Readonly<Record<string, unknown>>, current);
  requireStaffRole(asked.by, request);
  return asked;
}

async function showKpis(source: CellSource, tenant: KpiTenant, { period, kpi, by, value }: KpiQuery): Promise<object> {
  const plan = planOf(tenant.plan(), kpi);
  const request = { tenant: tenant.id, currency: tenant.currency, plan, period };
  const whole = await readScorecard(source, request);
  const parts = by === null ? [] : await readSlicedScorecards(source, request, by);
  const readers = by === null ? null : await source.slices(period, by);
  return {
    plan: plan.version,
    by,
    ...withCells(whole, await source.whole(period)),
    slices: parts
      .filter(({ slice }) => value === null || slice?.value === value)
      .map((part) => withCells(part, readers?.get(part.slice?.value ?? '') ?? null)),
  };
}

function planOf(plan: KpiPlan, kpi: string | null): KpiPlan {
  if (kpi === null) return plan;
  return { ...plan, kpis: new Map([...plan.kpis].filter(([key]) => key === kpi)) };
}

/** With the cells that the values are made of, so that anybody can do the sum. */
function withCells(scorecard: Scorecard, reader: CellReader | null): object {
  const names = scorecard.lines.flatMap(({ key }) => {
    const kpi = allKpis.get(key);
    return kpi !== undefined && 'formula' in kpi ? cellsOf(kpi.formula) : [];
  });
  const cells = Object.fromEntries([...new Set(names)].map((name) => [name, reader?.cell(name) ?? 0]));
  return { ...scorecardToJson(scorecard), cells };
}

async function tenantOf({ tenants }: KpiRoutesDeps, id: string): Promise<KpiTenant> {
  const tenant = await tenants.find(id);
  if (tenant !== null) return tenant;
  const message = 'The tenant of this token is not in the installation file any more.';
  throw new EngineError('ERR_NOT_FOUND', message, { retryable: false });
}
