import type { MeasuredKpi } from '../measured-kpi.ts';

export const dataTimeliness: MeasuredKpi = {
  key: 'data_timeliness',
  handbook: 'N24',
  version: 1,
  name: { en: 'Timeliness of data', zhCN: '数据及时性' },
  definition: {
    en: 'Events of a tenant that came soon enough after they happened, of all that came, over the last 24 hours.',
    zhCN: '近 24 小时内，租户事件中及时到达的占比。',
  },
  scope: 'tenant',
  promql:
    '(sum by (tenant) (increase(tidewatch_quality_values_total{dimension="timeliness",result="good"}[1d])) or 0 * sum by (tenant) (increase(tidewatch_quality_values_total{dimension="timeliness"}[1d]))) / (sum by (tenant) (increase(tidewatch_quality_values_total{dimension="timeliness"}[1d])) > 0)',
  unit: 'share',
  direction: 'up',
  periods: ['day'],
  period: 'day',
  cohort: null,
  caveats: [
    {
      en: '`GET /v1/quality` has it by source and field (docs/reference/quality.md).',
      zhCN: '按来源与字段的明细见 `GET /v1/quality`（docs/reference/quality.md）。',
    },
  ],
};
