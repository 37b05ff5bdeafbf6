import { exposedCells } from '../../services/core/kpis/exposed-cells.ts';
import { kpiRegistry } from '../../services/core/kpis/kpi-registry.ts';
import { cellMetric, kpiRuleName } from '../../services/core/kpis/metric-name.ts';
import { metricsOfOthers, seriesNames, type RegisteredMetric } from './known-metrics.ts';

/** Every series an expression may read: of the services, of the KPI registry, of Prometheus and of its exporters. */
export function knownSeries(registered: readonly Pick<RegisteredMetric, 'name' | 'type'>[]): ReadonlySet<string> {
  return new Set([
    ...seriesNames(registered),
    ...exposedCells(kpiRegistry).map(({ op, cell }) => cellMetric(op, cell).name),
    ...kpiRegistry.map(({ key }) => kpiRuleName(key)),
    ...metricsOfOthers,
    'ALERTS',
  ]);
}
