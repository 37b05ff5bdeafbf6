import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const socialResponse: KpiDefinition = {
  key: 'social_response',
  handbook: 'N21',
  version: 1,
  name: { en: 'Social interaction quality', zhCN: '社交互动质量' },
  definition: {
    en: 'Mentions of us in social media in the period that were answered there within three days, of all mentions in it.',
    zhCN: '期内社交媒体提及中，三天内得到社交媒体回应的占比。',
  },
  formula: divide(cell('mentions_answered'), cell('mentions')),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: [],
  cohort: null,
  caveats: [{ en: 'The tone of mentions and answers is not judged.', zhCN: '不评价提及与回应的语气。' }],
};
