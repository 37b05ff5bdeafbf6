import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const handlingTime: KpiDefinition = {
  key: 'handling_time',
  handbook: 'N11',
  version: 1,
  name: { en: 'First handling time', zhCN: '初步处理时长' },
  definition: {
    en: 'Mean time from the opening of a case to its first handling with feedback to the customer, pauses left out, of cases first handled in the period.',
    zhCN: '期内完成初步处理并反馈客户的服务单，从开单到初步处理的平均时长，扣除暂停。',
  },
  formula: divide(cell('case_handling_ms'), cell('cases_handled')),
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
