import type { KpiDefinition } from './kpi-definition.ts';
import { kpiRegistry } from './kpi-registry.ts';
import type { MeasuredKpi } from './measured-kpi.ts';
import { measuredKpis } from './measured-kpis.ts';

/** Every KPI by its key, counted ones first, in the order of the handbooks within each kind. */
export const allKpis: ReadonlyMap<string, KpiDefinition | MeasuredKpi> = new Map(
  [...kpiRegistry, ...measuredKpis].map((kpi) => [kpi.key, kpi]),
);
