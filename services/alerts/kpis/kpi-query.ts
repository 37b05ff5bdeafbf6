import { EngineError } from '../../core/errors.ts';
import type { KpiDefinition } from '../../core/kpis/kpi-definition.ts';
import { kpiDimensions, type KpiDimension } from '../../core/kpis/kpi-dimension.ts';
import { parsePeriod, type Period } from '../../core/kpis/period.ts';

export interface KpiQuery {
  readonly period: Period;
  readonly definitions: readonly KpiDefinition[];
  readonly by: KpiDimension | null;
}

const parameters = ['period', 'kpi', 'by'];

/**
 * @param current the month that is asked for where none is named
 * @throws EngineError ERR_USAGE, with what is allowed
 */
export function parseKpiQuery(
  query: Readonly<Record<string, unknown>>,
  definitions: readonly KpiDefinition[],
  current: Period,
): KpiQuery {
  const unknown = Object.keys(query).find((name) => !parameters.includes(name));
  if (unknown !== undefined) throw wrong(`"${unknown}" is not a parameter of the KPIs; they take ${parameters.join(', ')}`); // prettier-ignore
  const period = parsePeriodOf(query['period'], current);
  const by = parseDimension(query['by']);
  const asked = parseKpi(query['kpi'], definitions);
  if (asked === null) return { period, by, definitions: definitions.filter((each) => isAskable(each, period, by)) };
  requireAskable(asked, period, by);
  return { period, by, definitions: [asked] };
}

function parsePeriodOf(value: unknown, current: Period): Period {
  if (value === undefined) return current;
  const period = typeof value === 'string' ? parsePeriod(value) : null;
  if (period !== null) return period;
  throw wrong('period must be a day (2026-11-28), week (2026-W48), month (2026-11), quarter (2026-Q4), half (2026-H2) or year (2026)'); // prettier-ignore
}

function parseDimension(value: unknown): KpiDimension | null {
  if (value === undefined) return null;
  const dimension = kpiDimensions.find((each) => each === value);
  if (dimension !== undefined) return dimension;
  throw wrong(`by must be one of ${kpiDimensions.join(', ')}`);
}

function parseKpi(value: unknown, definitions: readonly KpiDefinition[]): KpiDefinition | null {
  if (value === undefined) return null;
  const found = definitions.find(({ key }) => key === value);
  if (found !== undefined) return found;
  throw wrong(`kpi must be one of ${definitions.map(({ key }) => key).join(', ')}`);
}

function isAskable({ periods, dimensions }: KpiDefinition, { kind }: Period, by: KpiDimension | null): boolean {
  return periods.includes(kind) && (by === null || dimensions.includes(by));
}

function requireAskable({ key, periods, dimensions }: KpiDefinition, { kind }: Period, by: KpiDimension | null): void {
  if (!periods.includes(kind)) throw wrong(`${key} has no value for a ${kind}; it has one for ${periods.join(', ')}`);
  if (by === null || dimensions.includes(by)) return;
  const allowed = dimensions.length === 0 ? 'not be split' : `be split by ${dimensions.join(', ')}`;
  throw wrong(`${key} cannot be split by ${by}; it can ${allowed}`);
}

function wrong(what: string): EngineError {
  return new EngineError('ERR_USAGE', `${what}.`, { retryable: false });
}
