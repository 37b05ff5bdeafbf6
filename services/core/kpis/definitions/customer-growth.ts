import { cell, divide, opening, subtract } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const customerGrowth: KpiDefinition = {
  key: 'customer_growth',
  handbook: 'N9',
  version: 1,
  name: { en: 'Customer growth', zhCN: '客户增长率' },
  definition: {
    en: 'Customers when the period ended less those when it began, divided by those when it began; lapsed customers are none.',
    zhCN: '期末客户数减期初客户数，除以期初客户数；已流失客户不计。',
  },
  formula: divide(subtract(cell('customers'), opening('customers')), opening('customers')),
  unit: 'ratio',
  direction: 'up',
  periods: monthlyKinds,
  period: 'month',
  dimensions: ['tier'],
  cohort: null,
  caveats: [
    {
      en: 'By tier it also shows customers who moved between tiers.',
      zhCN: '按分层拆分时，包含客户在分层之间的移动。',
    },
  ],
};
