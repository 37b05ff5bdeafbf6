import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const activity: KpiDefinition = {
  key: 'activity',
  handbook: 'N17',
  version: 1,
  name: { en: 'Activity', zhCN: '活跃度' },
  definition: {
    en: 'Days on which a customer did anything themselves, on the mean of customers who did anything in the period.',
    zhCN: '期内有主动行为的客户，人均活跃天数。',
  },
  formula: divide(cell('active_days'), cell('active_customers')),
  unit: 'days',
  direction: 'up',
  periods: monthlyKinds,
  period: 'month',
  dimensions: ['tier', 'stage'],
  cohort: { en: 'Customers who did anything themselves in the period.', zhCN: '期内有主动行为的客户。' },
  caveats: [],
};
