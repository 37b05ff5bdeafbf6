import type { KpiDefinition, KpiUnit } from '../../services/core/kpis/kpi-definition.ts';
import { panel, query, type Panel } from './panels.ts';

const grafanaUnits: Readonly<Record<KpiUnit, string>> = {
  share: 'percentunit',
  ratio: 'short',
  index: 'short',
  'net-score': 'short',
  money: 'short',
  milliseconds: 'ms',
  days: 'd',
  years: 'y',
  count: 'short',
};

/** The series of a KPI's recording rule. */
export function kpiSeries({ key }: Pick<KpiDefinition, 'key'>): string {
  return `tenant:tidewatch_kpi_${key}:value`;
}

/** Its value by the period it is reviewed by, beside the one of the period before: what it is, and where it moves. */
export function kpiPanel(kpi: KpiDefinition): Panel {
  const value = (which: string): string =>
    `${kpiSeries(kpi)}{tenant=~"$tenant",period="${kpi.period}",which="${which}"}`;
  const name = (text: string): string => `${kpi.handbook} ${text}`;
  return panel({
    title: { en: name(kpi.name.en), zhCN: kpi.name.zhCN },
    about: kpi.definition,
    unit: grafanaUnits[kpi.unit],
    queries: [query(value('current'), '{{tenant}}'), query(value('previous'), '{{tenant}} (previous {{period}})')],
  });
}
