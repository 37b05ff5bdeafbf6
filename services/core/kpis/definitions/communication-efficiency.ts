import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const communicationEfficiency: KpiDefinition = {
  key: 'communication_efficiency',
  handbook: 'N21',
  version: 1,
  name: { en: 'Communication efficiency', zhCN: '沟通效率' },
  definition: {
    en: 'Customers converted by campaigns (as in campaign_conversion) for each contact with customers in the period.',
    zhCN: '期内活动转化的客户数（口径同活动转化率），与期内客户接触次数之比。',
  },
  formula: divide(cell('campaign_converted'), cell('contacts_sent')),
  unit: 'ratio',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: [],
  cohort: null,
  caveats: [
    {
      en: 'Contacts outside campaigns are in it, so that more contacts without result lower it.',
      zhCN: '活动之外的接触也计入分母，无效接触越多数值越低。',
    },
  ],
};
