import type { MeasuredKpi } from '../measured-kpi.ts';

export const dataConsistency: MeasuredKpi = {
  key: 'data_consistency',
  handbook: 'N24',
  version: 1,
  name: { en: 'Consistency of data', zhCN: '数据一致性' },
  definition: {
    en: 'Values of a tenant that agree with each other, of all that were compared, over the last 24 hours.',
    zhCN: '近 24 小时内，租户数据中相互一致的值所占比例。',
  },
  scope: 'tenant',
  promql:
    '(sum by (tenant) (increase(tidewatch_quality_values_total{dimension="consistency",result="good"}[1d])) or 0 * sum by (tenant) (increase(tidewatch_quality_values_total{dimension="consistency"}[1d]))) / (sum by (tenant) (increase(tidewatch_quality_values_total{dimension="consistency"}[1d])) > 0)',
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
