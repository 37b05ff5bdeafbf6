import { stringify } from 'yaml';
import type { KpiUnit } from '../../../services/core/kpis/kpi-definition.ts';
import { type KpiAlert, kpiAlerts, valueTemplate } from './kpi-alert.ts';

const heading = `# Written by \`npm run docs:generate\` from services/core/kpis; do not edit by hand. Targets are those of the KPI file in
# force, which alerts exports.
`;

const isRed = (red: string, amber: string): string =>
  `{{ if eq $labels.light "red" }}${red}{{ else }}${amber}{{ end }}`;

/** The alert rules of KPIs that leave their targets. */
export function renderKpiAlerts(): string {
  const rules = kpiAlerts().map((alert) => ({
    alert: alert.name,
    expr: alert.expr,
    for: '15m',
    labels: { severity: isRed('ticket', 'info'), team: 'business', kpi: alert.kpi.key },
    annotations: annotationsOf(alert),
  }));
  return heading + stringify({ groups: [{ name: 'tidewatch-kpi-targets', rules }] }, { lineWidth: 0 });
}

/** The annotations as they stand in the rule, templates and all. */
export function annotationsOf({ kpi, isForAll, period, which }: KpiAlert): Readonly<Record<string, string>> {
  const value = `${valueTemplate(kpi.unit)}${unitSuffix[kpi.unit].en}`;
  const valueZh = `${valueTemplate(kpi.unit)}${unitSuffix[kpi.unit].zhCN}`;
  const whose = isForAll ? '' : '{{ $labels.tenant }}: ';
  const whoseZh = isForAll ? '' : '{{ $labels.tenant }}：';
  const span = which === 'previous' ? `the last whole ${period}` : 'the last 24 hours';
  const spanZh = which === 'previous' ? `上一个完整${periodsZh[period] ?? period}` : '近 24 小时';
  return {
    summary: `${whose}${kpi.name.en} is ${isRed('far off', 'off')} its target`,
    summary_zh_cn: `${whoseZh}${kpi.name.zhCN}${isRed('严重偏离目标', '未达目标')}`,
    description: `${kpi.name.en} of ${span} is ${value}. ${kpi.definition.en}`,
    description_zh_cn: `${spanZh}的${kpi.name.zhCN}为 ${valueZh}。${kpi.definition.zhCN}`,
    runbook_url: `docs/reference/kpis.md#${kpi.key}`,
  };
}

const periodsZh: Readonly<Record<string, string>> = { day: '日', week: '周', month: '月', quarter: '季度' };

const none = { en: '', zhCN: '' };
const unitSuffix: Readonly<Record<KpiUnit, { readonly en: string; readonly zhCN: string }>> = {
  share: none,
  ratio: none,
  index: { en: ' of 100', zhCN: ' 分' },
  'net-score': none,
  money: { en: ' minor units', zhCN: ' 最小货币单位' },
  milliseconds: { en: ' ms', zhCN: ' 毫秒' },
  days: { en: ' days', zhCN: ' 天' },
  years: { en: ' years', zhCN: ' 年' },
  count: none,
  bytes: { en: ' bytes', zhCN: ' 字节' },
};
