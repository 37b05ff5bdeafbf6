import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const personalisation: KpiDefinition = {
  key: 'personalisation',
  handbook: 'N21',
  version: 1,
  name: { en: 'Degree of personalisation', zhCN: '个性化程度' },
  definition: {
    en: 'Contacts made by a person or made out for the one customer, of all contacts in the period.',
    zhCN: '期内由人工进行或为该客户单独定制的接触，占全部接触的比例。',
  },
  formula: divide(cell('contacts_personal'), cell('contacts_sent')),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['channel', 'region', 'store', 'tier', 'stage'],
  cohort: null,
  caveats: [],
};
