import { stringify } from 'yaml';
import { exposedPeriods } from '../../../services/core/kpis/exposed-cells.ts';
import type { KpiDefinition } from '../../../services/core/kpis/kpi-definition.ts';
import { kpiRegistry } from '../../../services/core/kpis/kpi-registry.ts';
import type { MeasuredKpi } from '../../../services/core/kpis/measured-kpi.ts';
import { measuredKpis } from '../../../services/core/kpis/measured-kpis.ts';
import { ruleNameOf } from '../../../services/core/kpis/rule-name-of.ts';
import { toPromql } from '../../../services/core/kpis/to-promql.ts';

const heading = `# Written by \`npm run docs:generate\` from services/core/kpis; do not edit by hand.
`;

/** The recording rules of every KPI that Prometheus is told. */
export function renderKpiRules(): string {
  const groups = [
    { name: 'tidewatch-kpis', rules: kpiRegistry.flatMap(countedRule) },
    { name: 'tidewatch-measured-kpis', interval: '5m', rules: measuredKpis.map(measuredRule) },
  ];
  return heading + stringify({ groups }, { lineWidth: 0 });
}

/** The version is a label: what was recorded under another definition stays apart. */
function countedRule(kpi: KpiDefinition) {
  const periods = exposedPeriods(kpi);
  if (periods.length === 0) return [];
  const { formula, version } = kpi;
  return [{ record: ruleNameOf(kpi), expr: toPromql(formula, periods), labels: { version: String(version) } }];
}

function measuredRule(kpi: MeasuredKpi) {
  const labels = { version: String(kpi.version), period: kpi.period, which: 'current' };
  return { record: ruleNameOf(kpi), expr: kpi.promql, labels };
}
