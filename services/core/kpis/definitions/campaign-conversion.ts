import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const campaignConversion: KpiDefinition = {
  key: 'campaign_conversion',
  handbook: 'N16',
  version: 1,
  name: { en: 'Campaign conversion', zhCN: '活动转化率' },
  definition: {
    en: 'Customers whom a campaign first reached in the period and who ordered within 30 days from that day on (the window of the configuration), divided by customers whom it first reached in the period; each campaign counts its own.',
    zhCN: '期内首次被活动触达、并在触达当日起 30 天内（窗口可配置）下单的客户数，除以期内首次被触达的客户数；各活动分别计。',
  },
  formula: divide(cell('campaign_converted'), cell('campaign_reached')),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['campaign'],
  cohort: {
    en: 'Customers whom a campaign first reached in the period, once for each campaign.',
    zhCN: '期内首次被活动触达的客户，每个活动计一次。',
  },
  caveats: [
    {
      en: 'Grows for 30 days after the period, since orders still come in.',
      zhCN: '周期结束后 30 天内仍会因新订单而上升。',
    },
    { en: 'No hold-out: those who would have bought anyway are in it.', zhCN: '无对照组，包含本来就会购买的客户。' },
  ],
};
