import { EngineError } from '../../core/errors.ts';
import { allKpis } from '../../core/kpis/all-kpis.ts';
import { kpiDimensions, type KpiDimension } from '../../core/kpis/kpi-dimension.ts';
import { isMonthly, parsePeriod, type Period } from '../../core/kpis/period.ts';

export interface KpiQuery {
  readonly period: Period;
  /** Key of the one KPI that is asked for; null is all. */
  readonly kpi: string | null;
  readonly by: KpiDimension | null;
  /** The one part that is asked for; null is all. */
  readonly value: string | null;
}

const parameters = ['period', 'kpi', 'by', 'value'];

/**
 * @param current the month that is asked for where none is named
 * @throws EngineError ERR_USAGE, with what is allowed
 */
export function parseKpiQuery(query: Readonly<Record<string, unknown>>, current: Period): KpiQuery {
  const unknown = Object.keys(query).find((name) => !parameters.includes(name));
  if (unknown !== undefined) throw wrong(`"${unknown}" is not a parameter of the KPIs; they take ${parameters.join(', ')}`); // prettier-ignore
  const period = parsePeriodOf(query['period'], current);
  const by = parseDimension(query['by']);
  const value = parseValue(query['value'], by);
  if (by !== null && !isMonthly(period.kind)) throw wrong('days and weeks are counted as a whole; leave out by, or ask for a month or longer'); // prettier-ignore
  const kpi = parseKpi(query['kpi']);
  if (kpi !== null) requireAskable(kpi, period, by);
  return { period, kpi, by, value };
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

function parseValue(value: unknown, by: KpiDimension | null): string | null {
  if (value === undefined) return null;
  if (by === null) throw wrong('value is one part of a split; say by what, as in by=channel&value=web');
  if (typeof value === 'string' && value !== '') return value;
  throw wrong('value must be one text that is not empty');
}

function parseKpi(value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value === 'string' && allKpis.has(value)) return value;
  throw wrong(`kpi must be one of ${[...allKpis.keys()].join(', ')}`);
}

function requireAskable(key: string, { kind }: Period, by: KpiDimension | null): void {
  const kpi = allKpis.get(key);
  if (kpi === undefined) return;
  const { periods } = kpi;
  if (!periods.includes(kind)) throw wrong(`${key} has no value for a ${kind}; it has one for ${periods.join(', ')}`);
  const dimensions = 'dimensions' in kpi ? kpi.dimensions : [];
  if (by === null || dimensions.includes(by)) return;
  const allowed = dimensions.length === 0 ? 'not be split' : `be split by ${dimensions.join(', ')}`;
  throw wrong(`${key} cannot be split by ${by}; it can ${allowed}`);
}

function wrong(what: string): EngineError {
  return new EngineError('ERR_USAGE', `${what}.`, { retryable: false });
}
