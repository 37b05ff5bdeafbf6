import type { KpiDefinition } from './kpi-definition.ts';
import type { MeasuredKpi } from './measured-kpi.ts';
import { kpiRuleName } from './metric-name.ts';

/** The recording rule of any KPI; one that no tenant has of its own says so. */
export function ruleNameOf(kpi: KpiDefinition | MeasuredKpi): string {
  const isForAll = 'scope' in kpi && kpi.scope === 'installation';
  return isForAll ? `installation:tidewatch_kpi_${kpi.key}:value` : kpiRuleName(kpi.key);
}
