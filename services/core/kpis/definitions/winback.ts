import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const winback: KpiDefinition = {
  key: 'winback',
  handbook: 'N18',
  version: 1,
  name: { en: 'Win-back rate', zhCN: '流失召回率' },
  definition: {
    en: 'Of the customers who were contacted by a win-back playbook and whose effect was measured in the period, those who bought within the window of measurement.',
    zhCN: '期内完成效果测量、且经召回方案联系过的客户中，在测量窗口内购买的占比。',
  },
  formula: divide(cell('winback_returned'), cell('winback_contacted')),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['playbook', 'tier', 'stage'],
  cohort: {
    en: 'Customers of win-back tasks whose effect was measured in the period.',
    zhCN: '期内完成效果测量的召回任务所涉客户。',
  },
  caveats: [],
};
