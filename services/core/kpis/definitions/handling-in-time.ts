import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const handlingInTime: KpiDefinition = {
  key: 'handling_in_time',
  handbook: 'N11',
  version: 1,
  name: { en: 'First handling in time', zhCN: '初步处理及时率' },
  definition: {
    en: 'Cases first handled in time, of those first handled or overdue in the period, by the day of whichever came first.',
    zhCN: '期内已初步处理或处理超时的服务单（以先发生者归期）中，在时限内处理的占比。',
  },
  formula: divide(cell('cases_handled_in_time'), cell('cases_handle_due')),
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
