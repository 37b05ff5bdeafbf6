import { cell, divide, subtract } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const customerProfit: KpiDefinition = {
  key: 'customer_profit',
  handbook: 'N25',
  version: 1,
  name: { en: 'Profit of a customer', zhCN: '单客利润' },
  definition: {
    en: 'Mean predicted lifetime value, less acquisition cost of a new customer, less upkeep cost of a customer, all of the period.',
    zhCN: '平均预测生命周期价值，减去单个新客户获取成本，再减去单个客户维护成本，均按本期计。',
  },
  formula: subtract(
    subtract(
      divide(cell('clv_minor'), cell('clv_customers')),
      divide(cell('spend_acquisition_minor'), cell('new_customers')),
    ),
    divide(cell('spend_upkeep_minor'), cell('customers')),
  ),
  unit: 'money',
  direction: 'up',
  periods: monthlyKinds,
  period: 'quarter',
  dimensions: [],
  cohort: null,
  caveats: [
    {
      en: 'The lifetime value looks ahead over its whole horizon, upkeep is that of the period alone: a month looks better than a year. Compare equal periods; the report takes upkeep over the horizon.',
      zhCN: '生命周期价值覆盖整个预测期，维护成本仅为本期，月度数值因此高于年度；只能与同类周期比较。报告中的净价值按同一预测期折算维护成本。',
    },
    {
      en: 'Without new customers in the period there is no acquisition cost, and so no value.',
      zhCN: '期内无新客户时无获客成本，本指标无值。',
    },
  ],
};
