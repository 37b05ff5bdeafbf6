import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const complaintsPerOrder: KpiDefinition = {
  key: 'complaints_per_order',
  handbook: 'N14',
  version: 1,
  name: { en: 'Complaints per order', zhCN: '单均投诉率' },
  definition: {
    en: 'Complaints opened in the period, divided by orders placed in it.',
    zhCN: '期内新增投诉数，除以期内订单数。',
  },
  formula: divide(cell('complaints_opened'), cell('orders')),
  unit: 'ratio',
  direction: 'down',
  periods: periodKinds,
  period: 'month',
  dimensions: ['channel'],
  cohort: null,
  caveats: [],
};
