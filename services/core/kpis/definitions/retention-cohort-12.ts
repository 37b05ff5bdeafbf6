import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';

export const retentionCohort12: KpiDefinition = {
  key: 'retention_cohort_12',
  handbook: 'N3',
  version: 1,
  name: { en: 'Retention of new customers after twelve months', zhCN: '新客户 12 个月留存率' },
  definition: {
    en: 'Of the customers whose first order was twelve months before the period, those with an order in the window that ends with the period (its own length, three months at least).',
    zhCN: '首单发生在该周期之前 12 个月的客户中，在截至期末的窗口内（与周期等长，至少三个月）有订单的占比。',
  },
  formula: divide(cell('cohort12_retained'), cell('cohort12_customers')),
  unit: 'share',
  direction: 'up',
  periods: ['month'],
  period: 'month',
  dimensions: ['tier', 'stage'],
  cohort: { en: 'Customers whose first order was twelve months before.', zhCN: '首单在 12 个月之前的客户。' },
  caveats: [
    {
      en: 'A cohort of one month is small in a small business; read several months together.',
      zhCN: '小型企业单月同期群人数较少，宜多月合看。',
    },
  ],
};
