import { add, cell, divide, opening } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const conversionPotential: KpiDefinition = {
  key: 'conversion_potential',
  handbook: 'N8',
  version: 1,
  name: { en: 'Conversion of potential customers', zhCN: '潜在客户转化率' },
  definition: {
    en: 'Known people without an order who placed their first one in the period, divided by those who were known when it began or became known in it.',
    zhCN: '期内完成首单的已知潜在客户数，除以期初已有与期内新增的潜在客户数之和。',
  },
  formula: divide(cell('potential_conversions'), add(opening('potential_customers'), cell('potential_entries'))),
  unit: 'share',
  direction: 'up',
  periods: monthlyKinds,
  period: 'month',
  dimensions: [],
  cohort: { en: 'Known people without an order.', zhCN: '已知但尚未下单的人。' },
  caveats: [
    {
      en: 'Who orders on the day they become known was never a potential customer here.',
      zhCN: '当天获知并下单者不计为潜在客户。',
    },
  ],
};
