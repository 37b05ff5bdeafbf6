import { add, cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const costPerRetained: KpiDefinition = {
  key: 'cost_per_retained',
  handbook: 'N25',
  version: 1,
  name: { en: 'Cost per retained customer', zhCN: '单客保持成本' },
  definition: {
    en: 'Cost of keeping customers, of people who look after them and of systems in the period, divided by customers retained in it (as in retention).',
    zhCN: '期内维系费用、客户人员费用与系统费用之和，除以期内保持的客户数（口径同保持率）。',
  },
  formula: divide(
    add(add(cell('spend_retention_minor'), cell('spend_people_minor')), cell('spend_system_minor')),
    cell('retained'),
  ),
  unit: 'money',
  direction: 'down',
  periods: monthlyKinds,
  period: 'quarter',
  dimensions: [],
  cohort: {
    en: 'Customers with an order in the window before; the window is the period, and three months where the period is a month.',
    zhCN: '前一窗口内有订单的客户；窗口与周期等长，周期为月时取三个月。',
  },
  caveats: [],
};
