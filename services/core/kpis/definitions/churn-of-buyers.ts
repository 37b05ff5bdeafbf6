import { cell, divide, subtract } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const churnOfBuyers: KpiDefinition = {
  key: 'churn_of_buyers',
  handbook: 'N4',
  version: 1,
  name: { en: 'Churn of recent buyers', zhCN: '近期买家流失率' },
  definition: {
    en: 'Of the customers with an order in the window before, those without an order in the window that ends with the period: what is missing from retention to 100 %.',
    zhCN: '前一窗口内有订单的客户中，在截至期末的窗口内没有订单的占比，即保持率与 100% 之差。',
  },
  formula: divide(subtract(cell('retention_base'), cell('retained')), cell('retention_base')),
  unit: 'share',
  direction: 'down',
  periods: monthlyKinds,
  period: 'month',
  dimensions: ['tier', 'stage'],
  cohort: {
    en: 'Customers with an order in the window before; the window is the period, and three months where the period is a month.',
    zhCN: '前一窗口内有订单的客户；窗口与周期等长，周期为月时取三个月。',
  },
  caveats: [
    { en: 'Who buys rarely looks lost here without being so.', zhCN: '购买间隔较长的客户会被计入，但未必真正流失。' },
  ],
  complement: 'retention',
};
