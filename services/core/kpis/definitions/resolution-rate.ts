import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const resolutionRate: KpiDefinition = {
  key: 'resolution_rate',
  handbook: 'N12',
  version: 1,
  name: { en: 'Resolution rate', zhCN: '问题解决率' },
  definition: {
    en: 'Cases solved in time, of those solved or overdue in the period, by the day of whichever came first.',
    zhCN: '期内已解决或解决超时的服务单（以先发生者归期）中，在时限内解决的占比。',
  },
  formula: divide(cell('cases_resolved_in_time'), cell('cases_resolve_due')),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'week',
  dimensions: ['channel', 'queue', 'staff'],
  cohort: null,
  caveats: [
    {
      en: 'No handbook gives a deadline for the final solution: those of the service rules are ours.',
      zhCN: '各手册均未规定最终解决时限，服务规则中的时限为默认值。',
    },
  ],
};
