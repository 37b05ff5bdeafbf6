import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import { cellsOf, evaluate, type CellReader } from '../../core/kpis/expression.ts';
import type { KpiDefinition } from '../../core/kpis/kpi-definition.ts';
import { trafficLight, type KpiTarget } from '../../core/kpis/kpi-target.ts';
import { periodName, periodOf, type Period } from '../../core/kpis/period.ts';
import { readPeriods, type KpiCells } from '../../core/kpis/read-period.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { parseKpiQuery } from './kpi-query.ts';
import type { KpiTenant, KpiTenants } from './kpi-tenant.ts';

export interface KpiRoutesDeps {
  readonly cells: KpiCells;
  readonly tenants: KpiTenants;
  readonly definitions: readonly KpiDefinition[];
  readonly clock: Clock;
  /** Lets requests with a known token pass and sets `request.tenant`. */
  readonly authorize: preHandlerAsyncHookHandler;
}

/** `GET /v1/kpis`: what the facts of the caller's tenant add up to in a period. */
export function addKpiRoutes(server: FastifyInstance, deps: KpiRoutesDeps): void {
  server.get<{ Querystring: Record<string, unknown> }>(
    '/v1/kpis',
    { preHandler: deps.authorize },
    async ({ tenant, query }) => showKpis(deps, await tenantOf(deps, tenant), query),
  );
}

async function showKpis(
  { cells, definitions, clock }: KpiRoutesDeps,
  tenant: KpiTenant,
  query: Readonly<Record<string, unknown>>,
): Promise<object> {
  const today = tenant.calendar.dayOf(clock.now());
  const asked = parseKpiQuery(query, definitions, periodOf('month', today));
  const [readers] = await readPeriods(cells, tenant.id, [asked.period], asked.by);
  const whole = readers.get('');
  const parts = [...readers].filter(([slice]) => slice !== '');
  return {
    tenant: tenant.id,
    currency: tenant.currency,
    period: periodName(asked.period),
    periodKind: asked.period.kind,
    by: asked.by,
    plan: tenant.plan().version,
    kpis: asked.definitions.map((definition) => ({
      ...describe(definition),
      ...figures(definition, whole ?? nothing, targetOf(tenant, definition, asked.period)),
      slices: parts
        .filter(([, reader]) => cellsOf(definition.formula).some((cell) => reader.cell(cell) !== 0))
        .map(([slice, reader]) => ({ slice, ...figures(definition, reader, null) })),
    })),
  };
}

function describe({ key, version, handbook, name, unit, direction }: KpiDefinition): object {
  return { key, version, handbook, name: { en: name.en, 'zh-CN': name.zhCN }, unit, direction };
}

/** The value with the cells that it is made of, so that anybody can do the sum. */
function figures({ formula }: KpiDefinition, reader: CellReader, target: KpiTarget | null): object {
  const value = evaluate(formula, reader);
  const cells = Object.fromEntries(cellsOf(formula).map((cell) => [cell, reader.cell(cell)]));
  if (target === null) return { value, cells, target: null, light: null };
  return { value, cells, target: target.green, light: value === null ? null : trafficLight(value, target) };
}

function targetOf(tenant: KpiTenant, { key }: KpiDefinition, { kind }: Period): KpiTarget | null {
  return tenant.plan().kpis.get(key)?.targets.get(kind) ?? null;
}

const nothing: CellReader = { cell: () => 0, opening: () => 0 };

async function tenantOf({ tenants }: KpiRoutesDeps, id: string): Promise<KpiTenant> {
  const tenant = await tenants.find(id);
  if (tenant !== null) return tenant;
  const message = 'The tenant of this token is not in the installation file any more.';
  throw new EngineError('ERR_NOT_FOUND', message, { retryable: false });
}
