import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const onlineShare: KpiDefinition = {
  key: 'online_share',
  handbook: 'N20',
  version: 1,
  name: { en: 'Online share', zhCN: '线上占比' },
  definition: {
    en: 'Customers with an order through an online channel in the period, divided by customers with an order in it.',
    zhCN: '期内有线上订单的客户数，除以期内有订单的客户数。',
  },
  formula: divide(cell('online_buyers'), cell('buyers')),
  unit: 'share',
  direction: 'up',
  periods: monthlyKinds,
  period: 'quarter',
  dimensions: ['region', 'store', 'tier', 'stage'],
  cohort: { en: 'Customers with an order in the period.', zhCN: '期内有订单的客户。' },
  caveats: [{ en: 'Which channels are online is configuration.', zhCN: '线上渠道的范围由配置决定。' }],
};
