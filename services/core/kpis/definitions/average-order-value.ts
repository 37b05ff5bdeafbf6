import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const averageOrderValue: KpiDefinition = {
  key: 'average_order_value',
  handbook: 'N17',
  version: 1,
  name: { en: 'Average order value', zhCN: '客单价' },
  definition: {
    en: 'Money of the orders placed in the period, divided by their number.',
    zhCN: '期内订单金额，除以订单数。',
  },
  formula: divide(cell('order_minor'), cell('orders')),
  unit: 'money',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['channel', 'region', 'store', 'tier', 'stage'],
  cohort: null,
  caveats: [{ en: 'Cancellations and returns are not taken off.', zhCN: '未扣除取消与退货。' }],
};
