import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const tasksInTime: KpiDefinition = {
  key: 'tasks_in_time',
  handbook: 'N22',
  version: 1,
  name: { en: 'Tasks answered in time', zhCN: '任务及时率' },
  definition: {
    en: 'Retention tasks answered before their deadline, of those answered, ended or overdue in the period, by the day of whichever came first.',
    zhCN: '期内已响应、已结束或已超时的维系任务（以先发生者归期）中，在期限前响应的占比。',
  },
  formula: divide(cell('tasks_in_time'), cell('tasks_due')),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'month',
  dimensions: ['playbook', 'queue', 'staff', 'tier', 'stage'],
  cohort: null,
  caveats: [{ en: 'Figures of persons are shown to permitted roles only.', zhCN: '个人数据仅对获授权角色可见。' }],
};
