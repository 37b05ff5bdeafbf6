import { cell, divide, multiply, subtract } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const returnOnSpend: KpiDefinition = {
  key: 'return_on_spend',
  handbook: 'N16',
  version: 1,
  name: { en: 'Return on retention spend', zhCN: '维系投入产出比' },
  definition: {
    en: 'What treated customers bought within the window of measurement beyond what as many customers of the hold-out group bought, less what treating them cost, divided by that cost; over tasks measured in the period.',
    zhCN: '期内完成效果测量的任务中，被维系客户在测量窗口内的购买额超出同等人数对照组购买额的部分，减去维系成本，再除以维系成本。',
  },
  formula: divide(
    subtract(
      subtract(
        cell('treated_revenue_minor'),
        multiply(cell('holdout_revenue_minor'), divide(cell('treated_tasks'), cell('holdout_tasks'))),
      ),
      cell('treated_cost_minor'),
    ),
    cell('treated_cost_minor'),
  ),
  unit: 'ratio',
  direction: 'up',
  periods: periodKinds,
  period: 'quarter',
  dimensions: ['playbook', 'tier', 'stage'],
  cohort: {
    en: 'Customers of tasks whose effect was measured in the period.',
    zhCN: '期内完成效果测量的任务所涉客户。',
  },
  caveats: [
    { en: 'Gain is revenue, not margin.', zhCN: '收益按收入而非毛利计。' },
    { en: 'Few held-out customers make it swing widely.', zhCN: '对照组人数少时波动很大。' },
  ],
};
