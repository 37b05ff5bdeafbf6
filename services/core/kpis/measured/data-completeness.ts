import type { MeasuredKpi } from '../measured-kpi.ts';

export const dataCompleteness: MeasuredKpi = {
  key: 'data_completeness',
  handbook: 'N24',
  version: 1,
  name: { en: 'Completeness of data', zhCN: '数据完整性' },
  definition: {
    en: 'Fields that events of a tenant should have and have, of all they should have, over the last 24 hours.',
    zhCN: '近 24 小时内，租户事件应有字段中实际具备的占比。',
  },
  scope: 'tenant',
  promql:
    '(sum by (tenant) (increase(tidewatch_quality_values_total{dimension="completeness",result="good"}[1d])) or 0 * sum by (tenant) (increase(tidewatch_quality_values_total{dimension="completeness"}[1d]))) / (sum by (tenant) (increase(tidewatch_quality_values_total{dimension="completeness"}[1d])) > 0)',
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
