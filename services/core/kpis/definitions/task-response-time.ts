import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const taskResponseTime: KpiDefinition = {
  key: 'task_response_time',
  handbook: 'N22',
  version: 1,
  name: { en: 'Response time of tasks', zhCN: '任务响应时长' },
  definition: {
    en: 'Mean time from the opening of a retention task to its answer, of tasks answered in the period.',
    zhCN: '期内响应的维系任务，从创建到响应的平均时长。',
  },
  formula: divide(cell('task_response_ms'), cell('tasks_responded')),
  unit: 'milliseconds',
  direction: 'down',
  periods: periodKinds,
  period: 'month',
  dimensions: ['playbook', 'queue', 'staff', 'tier', 'stage'],
  cohort: null,
  caveats: [{ en: 'Nights and weekends are not left out.', zhCN: '未扣除夜间与周末。' }],
};
