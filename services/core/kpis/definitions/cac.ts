import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const cac: KpiDefinition = {
  key: 'cac',
  handbook: 'N7',
  version: 1,
  name: { en: 'Acquisition cost', zhCN: '客户获取成本' },
  definition: {
    en: 'Imported cost of acquiring customers dated in the period, divided by customers whose first order was in it.',
    zhCN: '期内导入的获客费用，除以首单在期内的客户数。',
  },
  formula: divide(cell('spend_acquisition_minor'), cell('new_customers')),
  unit: 'money',
  direction: 'down',
  periods: monthlyKinds,
  period: 'month',
  dimensions: ['channel'],
  cohort: { en: 'Customers whose first order was in the period.', zhCN: '首单在期内的客户。' },
  caveats: [
    {
      en: 'Cost and customers are matched by date, not by cause: a campaign works later than it is paid.',
      zhCN: '费用与客户按日期而非因果匹配，投放见效往往晚于付款。',
    },
    {
      en: '50 to 100 yuan is also quoted as a trait of active customers; here it is a band for the cost.',
      zhCN: '50–100 元亦被用来描述活跃客户，此处为获客成本区间。',
    },
  ],
};
