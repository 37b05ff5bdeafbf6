import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const firstResponseInTime: KpiDefinition = {
  key: 'first_response_in_time',
  handbook: 'N10',
  version: 1,
  name: { en: 'First response in time', zhCN: '首次响应及时率' },
  definition: {
    en: 'Cases whose first answer was given in time, of those whose first answer was given or became overdue in the period, by the day of whichever came first.',
    zhCN: '期内已首次答复或首次答复超时的服务单（以先发生者归期）中，在时限内答复的占比。',
  },
  formula: divide(cell('cases_answered_in_time'), cell('cases_answer_due')),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'day',
  dimensions: ['channel', 'queue', 'staff'],
  cohort: null,
  caveats: [
    {
      en: 'Targets and pauses are those of the service rules in force for the case.',
      zhCN: '时限与暂停规则取自该服务单适用的服务规则。',
    },
  ],
};
