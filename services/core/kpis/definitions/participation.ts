import { add, cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const participation: KpiDefinition = {
  key: 'participation',
  handbook: 'N17',
  version: 1,
  name: { en: 'Participation', zhCN: '参与度' },
  definition: {
    en: 'Customers who did anything themselves in the period, divided by customers and potential customers when it ended.',
    zhCN: '期内有主动行为的客户数，除以期末客户与潜在客户之和。',
  },
  formula: divide(cell('active_customers'), add(cell('customers'), cell('potential_customers'))),
  unit: 'share',
  direction: 'up',
  periods: monthlyKinds,
  period: 'month',
  dimensions: ['tier', 'stage'],
  cohort: null,
  caveats: [
    {
      en: 'Lapsed customers who were active earlier in the period count above the line only.',
      zhCN: '期内曾活跃、期末已流失的客户只计入分子。',
    },
  ],
};
