import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const functionsUsed: KpiDefinition = {
  key: 'functions_used',
  handbook: 'N24',
  version: 1,
  name: { en: 'Functions used', zhCN: '人均使用功能数' },
  definition: {
    en: 'Functions of the system that a person of the staff used in the period, on the mean of those who used any.',
    zhCN: '期内使用过系统的员工，人均使用的功能数。',
  },
  formula: divide(cell('functions_used'), cell('active_staff')),
  unit: 'ratio',
  direction: 'up',
  periods: monthlyKinds,
  period: 'month',
  dimensions: [],
  cohort: null,
  caveats: [],
};
