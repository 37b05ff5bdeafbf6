import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const conversionOffer: KpiDefinition = {
  key: 'conversion_offer',
  handbook: 'N8',
  version: 1,
  name: { en: 'Conversion of offers', zhCN: '优惠转化率' },
  definition: {
    en: 'Offers accepted in the period, divided by offers shown in it.',
    zhCN: '期内被接受的优惠数，除以期内展示的优惠数。',
  },
  formula: divide(cell('offers_accepted'), cell('offers_shown')),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['channel', 'region', 'store', 'tier', 'stage'],
  cohort: null,
  caveats: [
    {
      en: 'An offer accepted later than its period was shown counts when it is accepted.',
      zhCN: '展示与接受跨期时，按接受时间计入。',
    },
  ],
};
