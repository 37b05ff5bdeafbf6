import { cell, divide, subtract } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const winbackUplift: KpiDefinition = {
  key: 'winback_uplift',
  handbook: 'N18',
  version: 1,
  name: { en: 'Win-back against hold-out', zhCN: '流失召回净效果' },
  definition: {
    en: 'Win-back rate less the share of the hold-out group of the same playbooks that bought within the window without being contacted.',
    zhCN: '流失召回率，减去同一方案对照组（未联系）在测量窗口内自行购买的占比。',
  },
  formula: subtract(
    divide(cell('winback_returned'), cell('winback_contacted')),
    divide(cell('winback_holdout_returned'), cell('winback_holdout')),
  ),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'quarter',
  dimensions: ['playbook', 'tier', 'stage'],
  cohort: {
    en: 'Customers of win-back tasks whose effect was measured in the period.',
    zhCN: '期内完成效果测量的召回任务所涉客户。',
  },
  caveats: [
    {
      en: 'Only those who were reached stand on one side, everybody held out on the other: who could not be reached may differ.',
      zhCN: '一侧仅含已联系上的客户，另一侧为全部对照客户，未能联系上的客户可能不同。',
    },
  ],
};
