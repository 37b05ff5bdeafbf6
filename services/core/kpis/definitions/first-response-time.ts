import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const firstResponseTime: KpiDefinition = {
  key: 'first_response_time',
  handbook: 'N10',
  version: 1,
  name: { en: 'First response time', zhCN: '首次响应时长' },
  definition: {
    en: 'Mean time from the opening of a case to the first answer of a person, pauses left out, of cases first answered in the period. A note of a bot does not count.',
    zhCN: '期内首次由人工答复的服务单，从开单到首次人工答复的平均时长，扣除暂停；机器人回复不计。',
  },
  formula: divide(cell('case_answer_ms'), cell('cases_answered')),
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
