import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const csatOnline: KpiDefinition = {
  key: 'csat_online',
  handbook: 'N20',
  version: 1,
  name: { en: 'Online satisfaction', zhCN: '线上客户满意度' },
  definition: {
    en: 'Answers of 4 or 5 on a scale of 1 to 5, of all answers to satisfaction surveys about online channels in the period; without a word about the channel, the one the answer came through counts.',
    zhCN: '期内针对线上渠道的满意度回答中，5 分制得 4 分或 5 分的占比；未注明渠道时，以作答渠道为准。',
  },
  formula: divide(cell('csat_online_satisfied'), cell('csat_online_answers')),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'quarter',
  dimensions: ['channel', 'region', 'store', 'tier', 'stage'],
  cohort: null,
  caveats: [],
};
