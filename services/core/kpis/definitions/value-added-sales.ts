import { cell } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const valueAddedSales: KpiDefinition = {
  key: 'value_added_sales',
  handbook: 'N15',
  version: 1,
  name: { en: 'Value-added service sales', zhCN: '增值服务销售额' },
  definition: {
    en: 'Money of services subscribed and upgraded in the period.',
    zhCN: '期内订购与升级增值服务的金额。',
  },
  formula: cell('value_added_minor'),
  unit: 'money',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['channel', 'region', 'store', 'tier', 'stage'],
  cohort: null,
  caveats: [
    {
      en: 'Steps down to a lesser service and money given back add nothing; neither do they or cancellations take anything off.',
      zhCN: '降级与退款不计入，降级、退款与退订均不扣减。',
    },
  ],
};
