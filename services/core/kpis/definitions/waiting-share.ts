import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const waitingShare: KpiDefinition = {
  key: 'waiting_share',
  handbook: 'N23',
  version: 1,
  name: { en: 'Waiting within the service cycle', zhCN: '服务周期等待占比' },
  definition: {
    en: 'Mean time until the first handling of a case divided by mean time until its solution, both of the period: the part of the cycle that customers wait until anything happens.',
    zhCN: '期内服务单初步处理平均时长与解决平均时长之比，即周期中客户等待首次处理的部分。',
  },
  formula: divide(
    divide(cell('case_handling_ms'), cell('cases_handled')),
    divide(cell('case_resolution_ms'), cell('cases_resolved')),
  ),
  unit: 'ratio',
  direction: 'down',
  periods: periodKinds,
  period: 'quarter',
  dimensions: ['channel', 'queue', 'staff'],
  cohort: null,
  caveats: [
    {
      en: 'The two means are of different cases where cases last longer than the period.',
      zhCN: '服务单跨期时，两项平均值所涉服务单不同。',
    },
  ],
};
