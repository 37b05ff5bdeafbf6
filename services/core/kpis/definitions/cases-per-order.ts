import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const casesPerOrder: KpiDefinition = {
  key: 'cases_per_order',
  handbook: 'N14',
  version: 1,
  name: { en: 'Service cases per order', zhCN: '单均服务量' },
  definition: {
    en: 'Cases opened in the period, whatever they are about, divided by orders placed in it.',
    zhCN: '期内新增服务单数（不论事由），除以期内订单数。',
  },
  formula: divide(cell('cases_opened'), cell('orders')),
  unit: 'ratio',
  direction: 'down',
  periods: periodKinds,
  period: 'month',
  dimensions: ['channel'],
  cohort: null,
  caveats: [],
};
