import type { MeasuredKpi } from '../measured-kpi.ts';

export const throughput: MeasuredKpi = {
  key: 'throughput',
  handbook: 'N24',
  version: 1,
  name: { en: 'Throughput of the system', zhCN: '系统吞吐量' },
  definition: {
    en: 'Events that clients got a positive answer for, for each second of the last 24 hours.',
    zhCN: '近 24 小时内，平均每秒获得成功答复的事件数。',
  },
  scope: 'installation',
  promql: 'sum(rate(tidewatch_events_total[1d]))',
  unit: 'ratio',
  direction: 'none',
  periods: ['day'],
  period: 'day',
  cohort: null,
  caveats: [{ en: 'Says what came, not what could have come.', zhCN: '反映实际到达量，而非系统上限。' }],
};
