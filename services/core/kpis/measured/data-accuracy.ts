import type { MeasuredKpi } from '../measured-kpi.ts';

export const dataAccuracy: MeasuredKpi = {
  key: 'data_accuracy',
  handbook: 'N24',
  version: 1,
  name: { en: 'Accuracy of data', zhCN: '数据准确性' },
  definition: {
    en: 'Values of a tenant that were read without a fault, of all that were read, over the last 24 hours.',
    zhCN: '近 24 小时内，租户数据中无误读取的值所占比例。',
  },
  scope: 'tenant',
  promql:
    '(sum by (tenant) (increase(tidewatch_quality_values_total{dimension="accuracy",result="good"}[1d])) or 0 * sum by (tenant) (increase(tidewatch_quality_values_total{dimension="accuracy"}[1d]))) / (sum by (tenant) (increase(tidewatch_quality_values_total{dimension="accuracy"}[1d])) > 0)',
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
