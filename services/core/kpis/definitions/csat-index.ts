import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const csatIndex: KpiDefinition = {
  key: 'csat_index',
  handbook: 'N1',
  version: 1,
  name: { en: 'Satisfaction (index)', zhCN: '客户满意度（指数）' },
  definition: {
    en: 'Mean of all answers to satisfaction surveys in the period, on a scale of 0 to 100 (a 1 of 5 is 0, a 5 of 5 is 100), by the time of the answer.',
    zhCN: '期内满意度调查全部回答折算为 0–100 分后的平均值（5 分制的 1 分为 0，5 分为 100），按回答时间归期。',
  },
  formula: divide(cell('csat_points'), cell('csat_answers')),
  unit: 'index',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['channel', 'region', 'store', 'tier', 'stage'],
  cohort: null,
  caveats: [
    {
      en: 'A share and an index are two measures with two targets; they are never compared.',
      zhCN: '占比与指数是两种口径，各有目标值，不可相互比较。',
    },
  ],
};
