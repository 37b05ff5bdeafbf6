import { cell, divide, subtract } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const churnAvoided: KpiDefinition = {
  key: 'churn_avoided',
  handbook: 'N4',
  version: 1,
  name: { en: 'Churn avoided by retention tasks', zhCN: '维系任务避免的流失' },
  definition: {
    en: 'Share of the hold-out group that did not buy within the window of measurement, less the same share of the treated, over tasks measured in the period.',
    zhCN: '期内完成效果测量的任务中，对照组在测量窗口内未购买的占比，减去被维系客户的同一占比。',
  },
  formula: subtract(
    divide(cell('holdout_churned'), cell('holdout_tasks')),
    divide(cell('treated_churned'), cell('treated_tasks')),
  ),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['playbook', 'tier', 'stage'],
  cohort: {
    en: 'Customers of tasks whose effect was measured in the period, treated and held out by lot.',
    zhCN: '期内完成效果测量的任务所涉客户，随机分为维系组与对照组。',
  },
  caveats: [
    {
      en: 'Without an interval it is no proof; `GET /v1/effects` has one.',
      zhCN: '未附置信区间时不足为据；区间见 `GET /v1/effects`。',
    },
    {
      en: 'Mixed over playbooks: where their shares of held-out customers differ, look at each playbook.',
      zhCN: '汇总了多个方案；各方案对照比例不同时，应分别查看。',
    },
  ],
};
