import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const reopenRate: KpiDefinition = {
  key: 'reopen_rate',
  handbook: 'N12',
  version: 1,
  name: { en: 'Reopen rate', zhCN: '重开率' },
  definition: {
    en: 'Cases opened again in the period, once for each case, divided by cases solved in it.',
    zhCN: '期内重开的服务单数（每单计一次），除以期内解决的服务单数。',
  },
  formula: divide(cell('cases_reopened'), cell('cases_resolved')),
  unit: 'ratio',
  direction: 'down',
  periods: periodKinds,
  period: 'week',
  dimensions: ['channel', 'queue', 'staff'],
  cohort: null,
  caveats: [
    {
      en: 'A case solved in an earlier period and opened again now counts above the line only.',
      zhCN: '早先周期解决、本期重开的服务单只计入分子。',
    },
  ],
};
