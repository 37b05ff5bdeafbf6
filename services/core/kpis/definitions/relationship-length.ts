import { cell, divide, number } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const relationshipLength: KpiDefinition = {
  key: 'relationship_length',
  handbook: 'N17',
  version: 1,
  name: { en: 'Relationship length', zhCN: '客户关系时长' },
  definition: {
    en: 'Mean time from the first to the latest order of everybody who ever ordered, when the period ended, in years of 365.25 days.',
    zhCN: '截至期末，所有下过单的客户从首单到最近一单的平均时长，以 365.25 天为一年。',
  },
  formula: divide(divide(cell('relation_days'), cell('relation_customers')), number(365.25)),
  unit: 'years',
  direction: 'up',
  periods: monthlyKinds,
  period: 'quarter',
  dimensions: ['tier', 'stage'],
  cohort: { en: 'Everybody who ever ordered.', zhCN: '所有下过单的客户。' },
  caveats: [
    {
      en: 'Relations that still last are counted as far as they have come: a young business has a low figure.',
      zhCN: '仍在持续的关系只计至今，新企业数值偏低。',
    },
  ],
};
