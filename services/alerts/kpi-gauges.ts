import { cells } from '../core/kpis/cells.ts';
import { exposedCells, exposedKinds, type ExposedCell } from '../core/kpis/exposed-cells.ts';
import type { CellReader } from '../core/kpis/expression.ts';
import type { KpiDefinition } from '../core/kpis/kpi-definition.ts';
import { cellMetric } from '../core/kpis/metric-name.ts';
import { daysIn, periodOf, type Period } from '../core/kpis/period.ts';
import { readPeriods, type KpiCells } from '../core/kpis/read-period.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Metrics, SeriesOptions } from '../platform/telemetry/metrics.ts';
import type { KpiTenant } from './kpis/kpi-tenant.ts';

export interface KpiGaugesOptions {
  readonly metrics: Metrics;
  readonly definitions: readonly KpiDefinition[];
  readonly cells: KpiCells;
  readonly tenants: () => readonly KpiTenant[];
  readonly clock: Clock;
}

/** A tenant has two series at most of a cell and kind of period. */
const ofCells: SeriesOptions = { maxSeries: 1_000, refusedAs: 'tidewatch_kpi_cells' };
const labels = ['tenant', 'period', 'which'] as const;

interface ReadPeriod {
  readonly period: Period;
  readonly which: 'current' | 'previous';
  readonly reader: CellReader;
}

/**
 * Gauges of the cells that formulas read, over all partitions, so that each process tells the whole. They are read from
 * the store, never counted here: a restart changes nothing. All of them are there from the first reading on, at 0 where
 * nothing was counted: the rules would be blank without.
 * @returns reads them
 */
export function createKpiGauges({ metrics, definitions, cells: store, tenants, clock }: KpiGaugesOptions) {
  const shown = exposedCells(definitions).map((exposed) => ({ exposed, gauge: gaugeOf(metrics, exposed) }));
  const starts = metrics.gauge('tidewatch_kpi_period_start_timestamp_seconds', 'When the period began, by the calendar of the tenant.', labels); // prettier-ignore
  const readAt = metrics.gauge('tidewatch_kpi_gauges_read_timestamp_seconds', 'When the gauges of KPIs were last read from the store.'); // prettier-ignore

  async function readTenant(tenant: KpiTenant): Promise<void> {
    const today = tenant.calendar.dayOf(clock.now());
    const periods = exposedKinds.flatMap((kind) => {
      const period = periodOf(kind, today);
      return [
        { period, which: 'current' as const },
        { period: { kind, index: period.index - 1 }, which: 'previous' as const },
      ];
    });
    const read = await readPeriods(store, tenant.id, periods.map(({ period }) => period), null); // prettier-ignore
    const readers = periods.flatMap((each, i): ReadPeriod[] => {
      const reader = read[i].get('');
      return reader === undefined ? [] : [{ ...each, reader }];
    });
    for (const { exposed, gauge } of shown) show(gauge, exposed, { tenant: tenant.id, readers });
    for (const { period, which } of periods) {
      const startedAt = tenant.calendar.startOf(daysIn(period)[0]) / 1000;
      starts.set({ tenant: tenant.id, period: period.kind, which }, startedAt);
    }
  }

  return async function readGauges(): Promise<void> {
    for (const tenant of tenants()) await readTenant(tenant);
    readAt.set(clock.now() / 1000);
  };
}

type Gauge = ReturnType<Metrics['gauge']>;

function gaugeOf(metrics: Metrics, { op, cell }: ExposedCell): Gauge {
  const { means } = cells[cell];
  return metrics.gauge(
    cellMetric(op, cell).name,
    op === 'cell' ? means : `At the beginning: ${means}`,
    labels,
    ofCells,
  );
}

function show(
  gauge: Gauge,
  { op, cell, kinds }: ExposedCell,
  { tenant, readers }: { readonly tenant: string; readonly readers: readonly ReadPeriod[] },
): void {
  const { unitsPerOne } = cellMetric(op, cell);
  for (const { period, which, reader } of readers) {
    if (!kinds.some((kind) => kind === period.kind)) continue;
    gauge.set({ tenant, period: period.kind, which }, reader[op](cell) / unitsPerOne);
  }
}
