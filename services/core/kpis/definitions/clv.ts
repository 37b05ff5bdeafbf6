import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const clv: KpiDefinition = {
  key: 'clv',
  handbook: 'N6',
  version: 1,
  name: { en: 'Customer lifetime value', zhCN: '客户生命周期价值' },
  definition: {
    en: 'Mean of the predicted lifetime value of customers with an order, as it was last scored by the end of the period; horizon, margin and discount are those of the segment configuration.',
    zhCN: '截至期末，有订单客户最近一次评分所预测的生命周期价值的平均值；预测期、毛利率与折现率取自分群配置。',
  },
  formula: divide(cell('clv_minor'), cell('clv_customers')),
  unit: 'money',
  direction: 'up',
  periods: monthlyKinds,
  period: 'month',
  dimensions: ['tier', 'stage'],
  cohort: { en: 'Customers with an order whose value is predicted.', zhCN: '有订单且已有价值预测的客户。' },
  caveats: [
    { en: 'A margin of 1, as shipped, makes it revenue, not profit.', zhCN: '默认毛利率为 1，此时为收入而非利润。' },
  ],
};
