import { cell, divide, number } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';

export const marketShare: KpiDefinition = {
  key: 'market_share',
  handbook: 'N26',
  version: 1,
  name: { en: 'Market share', zhCN: '市场份额' },
  definition: {
    en: 'Share of the market, typed in from outside with its date; one figure a year.',
    zhCN: '外部录入的市场份额，附日期；每年录入一次。',
  },
  formula: divide(cell('typed_market_share'), number(1000000)),
  unit: 'share',
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
