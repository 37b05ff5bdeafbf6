import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const conversionFirstContact: KpiDefinition = {
  key: 'conversion_first_contact',
  handbook: 'N8',
  version: 1,
  name: { en: 'Success of first contact', zhCN: '首次接触成功率' },
  definition: {
    en: 'Customers with a captured lead in the period and an opportunity, a contract or an order in the same period, divided by customers with a captured lead in it.',
    zhCN: '期内产生线索且同期有商机、合同或订单的客户数，除以期内产生线索的客户数。',
  },
  formula: divide(cell('leads_won'), cell('leads')),
  unit: 'share',
  direction: 'up',
  periods: monthlyKinds,
  period: 'month',
  dimensions: ['tier', 'stage'],
  cohort: { en: 'Customers with a captured lead in the period.', zhCN: '期内产生线索的客户。' },
  caveats: [],
};
