import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const lapsedReturns: KpiDefinition = {
  key: 'lapsed_returns',
  handbook: 'N18',
  version: 1,
  name: { en: 'Returns per lapse', zhCN: '流失回归比' },
  definition: {
    en: 'Lapsed customers who came back in the period, for each customer who became lapsed in it.',
    zhCN: '期内回归的流失客户数，与期内新流失客户数之比。',
  },
  formula: divide(cell('lapsed_returns'), cell('lapsed_entries')),
  unit: 'ratio',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: [],
  cohort: null,
  caveats: [{ en: 'Above 1 more came back than were lost.', zhCN: '大于 1 表示回归多于流失。' }],
};
