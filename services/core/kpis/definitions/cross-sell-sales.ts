import { cell } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const crossSellSales: KpiDefinition = {
  key: 'cross_sell_sales',
  handbook: 'N15',
  version: 1,
  name: { en: 'Cross-sell sales', zhCN: '交叉销售额' },
  definition: {
    en: 'Money of orders placed in the period by customers who had accepted a cross-sell offer, from the day of acceptance to 30 days after it (the window of the configuration).',
    zhCN: '客户接受交叉销售优惠当日起 30 天内（窗口可配置）所下订单的金额，按下单时间归期。',
  },
  formula: cell('cross_sell_minor'),
  unit: 'money',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['channel', 'region', 'store'],
  cohort: null,
  caveats: [
    {
      en: 'Attribution by time: the order need not hold what was offered.',
      zhCN: '按时间归因，订单不一定包含所推荐的商品。',
    },
  ],
};
