import { cell } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const systemUse: KpiDefinition = {
  key: 'system_use',
  handbook: 'N24',
  version: 1,
  name: { en: 'Users of the system', zhCN: '系统使用人数' },
  definition: {
    en: 'People of the staff who used the system in the period.',
    zhCN: '期内使用过系统的员工数。',
  },
  formula: cell('active_staff'),
  unit: 'count',
  direction: 'up',
  periods: monthlyKinds,
  period: 'month',
  dimensions: [],
  cohort: null,
  caveats: [{ en: 'By token or account: people who share one are one.', zhCN: '按令牌或账号计，共用者算一人。' }],
};
