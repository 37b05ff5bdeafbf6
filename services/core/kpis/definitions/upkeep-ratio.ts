import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const upkeepRatio: KpiDefinition = {
  key: 'upkeep_ratio',
  handbook: 'N25',
  version: 1,
  name: { en: 'Upkeep cost ratio', zhCN: '客户维护成本占比' },
  definition: {
    en: 'Cost of keeping up relations in the period, divided by the operating cost of the whole business in it.',
    zhCN: '期内客户维护成本，除以同期企业运营总成本。',
  },
  formula: divide(cell('spend_upkeep_minor'), cell('operating_cost_minor')),
  unit: 'share',
  direction: 'none',
  periods: monthlyKinds,
  period: 'quarter',
  dimensions: [],
  cohort: null,
  caveats: [
    {
      en: 'Neither more nor less is better by itself: a handbook names 10 % of operating cost at least.',
      zhCN: '高低本身无优劣；手册称至少占运营成本的 10%。',
    },
  ],
};
