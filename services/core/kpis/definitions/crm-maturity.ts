import { cell, divide, number } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';

export const crmMaturity: KpiDefinition = {
  key: 'crm_maturity',
  handbook: 'N26',
  version: 1,
  name: { en: 'CRM maturity index', zhCN: '客户管理成熟度指数' },
  definition: {
    en: 'Maturity index of customer management (0 to 100), typed in from outside with its date; one figure a year.',
    zhCN: '外部录入的客户管理成熟度指数（0–100），附日期；每年录入一次。',
  },
  formula: divide(cell('typed_crm_maturity'), number(1000000)),
  unit: 'index',
  direction: 'up',
  periods: ['year'],
  period: 'year',
  dimensions: [],
  cohort: null,
  caveats: [
    {
      en: 'Typed in, not measured; another figure for the same year takes the place of the first.',
      zhCN: '为录入值而非测量值；同一年再次录入会替换原值。',
    },
  ],
};
