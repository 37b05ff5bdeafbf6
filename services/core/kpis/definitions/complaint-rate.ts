import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const complaintRate: KpiDefinition = {
  key: 'complaint_rate',
  handbook: 'N14',
  version: 1,
  name: { en: 'Complaint rate', zhCN: '投诉率' },
  definition: {
    en: 'Complaints opened in the period, divided by customers who did anything themselves in it.',
    zhCN: '期内新增投诉数，除以期内有主动行为的客户数。',
  },
  formula: divide(cell('complaints_opened'), cell('active_customers')),
  unit: 'ratio',
  direction: 'down',
  periods: monthlyKinds,
  period: 'month',
  dimensions: [],
  cohort: { en: 'Customers who did anything themselves in the period.', zhCN: '期内有主动行为的客户。' },
  caveats: [
    {
      en: 'Complaints, not complaining customers, are counted: one customer may complain twice.',
      zhCN: '按投诉件数而非投诉人数计，同一客户可重复计入。',
    },
  ],
};
