import { cell, divide, multiply, number, subtract } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const nps: KpiDefinition = {
  key: 'nps',
  handbook: 'N2',
  version: 1,
  name: { en: 'Net promoter score', zhCN: '净推荐值' },
  definition: {
    en: 'Share of answers of 9 or 10 less share of answers of 0 to 6 to the question whether one would recommend us (0 to 10), times 100; by the time of the answer.',
    zhCN: '“是否愿意推荐”（0–10 分）的全部回答中，9–10 分占比减去 0–6 分占比，再乘以 100，按回答时间归期。',
  },
  formula: multiply(number(100), divide(subtract(cell('nps_promoters'), cell('nps_detractors')), cell('nps_answers'))),
  unit: 'net-score',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['channel', 'region', 'store', 'tier', 'stage'],
  cohort: null,
  caveats: [
    { en: '0 counts as an answer: some vendors begin at 1.', zhCN: '0 分计入贬损者；部分厂商从 1 分起算，口径不同。' },
  ],
};
