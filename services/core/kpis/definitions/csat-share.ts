import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const csatShare: KpiDefinition = {
  key: 'csat_share',
  handbook: 'N1',
  version: 1,
  name: { en: 'Satisfaction (share)', zhCN: '客户满意度（满意占比）' },
  definition: {
    en: 'Answers of 4 or 5 on a scale of 1 to 5, of all answers to satisfaction surveys in the period, by the time of the answer. Other scales are brought to 0 to 100 points first; 75 points and more are a 4 or 5.',
    zhCN: '期内满意度调查全部回答中，5 分制得 4 分或 5 分的占比，按回答时间归期。其他分制先折算为 0–100 分，75 分及以上视为 4 分或 5 分。',
  },
  formula: divide(cell('csat_satisfied'), cell('csat_answers')),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['channel', 'region', 'store', 'tier', 'stage'],
  cohort: null,
  caveats: [
    {
      en: 'A share and an index are two measures with two targets; they are never compared.',
      zhCN: '占比与指数是两种口径，各有目标值，不可相互比较。',
    },
  ],
};
