import type { KpiPlan } from '../core/kpis/kpi-plan.ts';
import { targetGauge, targetLabels, targetSeries } from '../core/kpis/target-series.ts';
import type { Metrics, SeriesOptions } from '../platform/telemetry/metrics.ts';

interface PlannedTenant {
  readonly id: string;
  /** The plan in force now. */
  plan(): KpiPlan;
}

/** Every KPI with a target has two to four series for each tenant. */
const mostSeries: SeriesOptions = { maxSeries: 2_000 };

/**
 * Targets of KPIs, read from the plans in force when Prometheus asks, so that alerts follow the file of the business.
 * @param tenants those known by now
 */
export function addKpiTargetGauge(metrics: Metrics, tenants: () => readonly PlannedTenant[]): void {
  const help = 'Targets of KPIs: within green a target is met, within amber nearly; in the unit of the KPI.';
  const gauge = metrics.gauge(targetGauge, help, targetLabels, mostSeries);
  Object.assign(gauge, {
    collect() {
      gauge.reset();
      for (const { id: tenant, plan } of tenants()) {
        for (const { value, ...labels } of targetSeries(plan())) gauge.set({ tenant, ...labels }, value);
      }
    },
  });
}
