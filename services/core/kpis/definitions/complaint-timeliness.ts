import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const complaintTimeliness: KpiDefinition = {
  key: 'complaint_timeliness',
  handbook: 'N13',
  version: 1,
  name: { en: 'Feedback timeliness', zhCN: '反馈处理时效' },
  definition: {
    en: 'Complaints answered in time (three working days as shipped), of those answered or overdue in the period, by the day of whichever came first.',
    zhCN: '期内已答复或答复超时的投诉（以先发生者归期）中，在时限内（默认三个工作日）答复的占比。',
  },
  formula: divide(cell('complaints_answered_in_time'), cell('complaints_due')),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'week',
  dimensions: ['channel', 'queue', 'staff'],
  cohort: null,
  caveats: [],
};
