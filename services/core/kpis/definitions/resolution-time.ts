import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const resolutionTime: KpiDefinition = {
  key: 'resolution_time',
  handbook: 'N11',
  version: 1,
  name: { en: 'Resolution time', zhCN: '问题解决时长' },
  definition: {
    en: 'Mean time from the opening of a case to its latest solution, pauses left out, of cases solved in the period.',
    zhCN: '期内解决的服务单，从开单到最近一次解决的平均时长，扣除暂停。',
  },
  formula: divide(cell('case_resolution_ms'), cell('cases_resolved')),
  unit: 'milliseconds',
  direction: 'down',
  periods: periodKinds,
  period: 'day',
  dimensions: ['channel', 'queue', 'staff'],
  cohort: null,
  caveats: [
    {
      en: 'A mean: a few long ones move it. The share in time does not hide them.',
      zhCN: '为平均值，少数长时案例影响较大；及时率可避免掩盖。',
    },
  ],
};
