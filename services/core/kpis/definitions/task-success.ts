import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const taskSuccess: KpiDefinition = {
  key: 'task_success',
  handbook: 'N22',
  version: 1,
  name: { en: 'Success of tasks', zhCN: '维系成功率' },
  definition: {
    en: 'Retention tasks that ended in the period with the customer retained or buying, for each task resolved in it.',
    zhCN: '期内以客户留存或购买结束的维系任务数，与期内解决的维系任务数之比。',
  },
  formula: divide(cell('tasks_saved'), cell('tasks_resolved')),
  unit: 'ratio',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['playbook', 'queue', 'staff', 'tier', 'stage'],
  cohort: null,
  caveats: [
    {
      en: 'As staff report it; churn_avoided says what it changed.',
      zhCN: '以员工登记为准；实际效果见 churn_avoided。',
    },
  ],
};
