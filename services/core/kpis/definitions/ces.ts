import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const ces: KpiDefinition = {
  key: 'ces',
  handbook: 'N21',
  version: 1,
  name: { en: 'Customer effort score', zhCN: '客户费力度' },
  definition: {
    en: 'Mean of all answers to customer effort surveys in the period, on a scale of 0 to 100, where 100 is no effort.',
    zhCN: '期内客户费力度调查全部回答的平均值，折算为 0–100 分，100 表示毫不费力。',
  },
  formula: divide(cell('ces_points'), cell('ces_answers')),
  unit: 'index',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['channel', 'region', 'store', 'tier', 'stage'],
  cohort: null,
  caveats: [
    {
      en: 'One handbook uses CES for experience satisfaction; that is csat_index here.',
      zhCN: '有手册以 CES 指体验满意度，此处对应 csat_index。',
    },
  ],
};
