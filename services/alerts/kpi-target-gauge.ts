import { compileKpiPlan, type PlanFor } from '../core/kpis/compile-kpi-plan.ts';
import type { KpisDocument } from '../core/kpis/kpi-document.ts';
import { targetGauge, targetLabels, targetSeries } from '../core/kpis/target-series.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';

/** The KPI file in force. */
interface CurrentKpis {
  current(): { readonly version: string; readonly document: KpisDocument };
}

/** Targets of KPIs, read from the file in force when Prometheus asks, so that alerts follow the file of the business. */
export function addKpiTargetGauge(metrics: Metrics, tenants: readonly PlanFor[], kpis: CurrentKpis): void {
  const help = 'Targets of KPIs: within green a target is met, within amber nearly; in the unit of the KPI.';
  const gauge = metrics.gauge(targetGauge, help, targetLabels);
  let shown: string | null = null;
  Object.assign(gauge, {
    collect() {
      const { version, document } = kpis.current();
      if (version === shown) return;
      shown = version;
      gauge.reset();
      for (const tenant of tenants) {
        const plan = compileKpiPlan(version, document, tenant);
        for (const { value, ...labels } of targetSeries(plan)) gauge.set({ tenant: tenant.tenant, ...labels }, value);
      }
    },
  });
}
