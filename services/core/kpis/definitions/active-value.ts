import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';

export const activeValue: KpiDefinition = {
  key: 'active_value',
  handbook: 'N17',
  version: 1,
  name: { en: 'Monthly value of active customers', zhCN: '活跃客户月均价值' },
  definition: {
    en: 'Money of orders in the month, less cancelled and returned ones on their own day, divided by customers who did anything themselves in the month.',
    zhCN: '当月订单金额（扣除当月取消与退货），除以当月有主动行为的客户数。',
  },
  formula: divide(cell('revenue_minor'), cell('active_customers')),
  unit: 'money',
  direction: 'up',
  periods: ['month'],
  period: 'month',
  dimensions: ['tier', 'stage'],
  cohort: { en: 'Customers who did anything themselves in the month.', zhCN: '当月有主动行为的客户。' },
  caveats: [
    {
      en: 'By month only: the handbooks give 100 to 300 yuan a month.',
      zhCN: '仅按月计算：手册给出的区间为每月 100–300 元。',
    },
  ],
};
