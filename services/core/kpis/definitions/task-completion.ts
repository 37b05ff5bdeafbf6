import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const taskCompletion: KpiDefinition = {
  key: 'task_completion',
  handbook: 'N22',
  version: 1,
  name: { en: 'Task completion', zhCN: '任务完成率' },
  definition: {
    en: 'Retention tasks resolved in the period, for each task opened in it.',
    zhCN: '期内解决的维系任务数，与期内新开任务数之比。',
  },
  formula: divide(cell('tasks_resolved'), cell('tasks_opened')),
  unit: 'ratio',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['playbook', 'queue', 'staff', 'tier', 'stage'],
  cohort: null,
  caveats: [{ en: 'A backlog that is worked off makes it pass 1.', zhCN: '处理积压任务时可超过 1。' }],
};
