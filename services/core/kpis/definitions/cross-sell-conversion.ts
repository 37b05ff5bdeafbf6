import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const crossSellConversion: KpiDefinition = {
  key: 'cross_sell_conversion',
  handbook: 'N15',
  version: 1,
  name: { en: 'Cross-sell conversion', zhCN: '交叉销售转化率' },
  definition: {
    en: 'Cross-sell offers accepted in the period, divided by cross-sell offers shown in it. An offer is one by its kind.',
    zhCN: '期内被接受的交叉销售优惠数，除以期内展示的交叉销售优惠数；按优惠类型认定。',
  },
  formula: divide(cell('cross_sell_accepted'), cell('cross_sell_shown')),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['channel', 'region', 'store', 'tier', 'stage'],
  cohort: null,
  caveats: [],
};
