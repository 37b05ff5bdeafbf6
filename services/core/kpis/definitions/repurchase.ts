import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const repurchase: KpiDefinition = {
  key: 'repurchase',
  handbook: 'N5',
  version: 1,
  name: { en: 'Repurchase rate', zhCN: '复购率' },
  definition: {
    en: 'Customers with two orders or more in the period, divided by customers with an order in it.',
    zhCN: '期内下单两次及以上的客户数，除以期内有订单的客户数。',
  },
  formula: divide(cell('repeat_buyers'), cell('buyers')),
  unit: 'share',
  direction: 'up',
  periods: monthlyKinds,
  period: 'month',
  dimensions: ['channel', 'region', 'store', 'tier', 'stage'],
  cohort: { en: 'Customers with an order in the period.', zhCN: '期内有订单的客户。' },
  caveats: [
    {
      en: 'Longer periods give higher figures: compare equal periods only.',
      zhCN: '周期越长数值越高，只能与同类周期比较。',
    },
  ],
};
