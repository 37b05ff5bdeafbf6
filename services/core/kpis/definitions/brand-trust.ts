import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const brandTrust: KpiDefinition = {
  key: 'brand_trust',
  handbook: 'N21',
  version: 1,
  name: { en: 'Brand trust', zhCN: '品牌信任度' },
  definition: {
    en: 'Mean of all answers about trust in the brand in the period, on a scale of 0 to 100.',
    zhCN: '期内品牌信任度全部回答的平均值，折算为 0–100 分。',
  },
  formula: divide(cell('trust_points'), cell('trust_answers')),
  unit: 'index',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['channel', 'region', 'store', 'tier', 'stage'],
  cohort: null,
  caveats: [],
};
