import type { MeasuredKpi } from '../measured-kpi.ts';

export const storageUse: MeasuredKpi = {
  key: 'storage_use',
  handbook: 'N24',
  version: 1,
  name: { en: 'Storage use of the system (memory)', zhCN: '系统存储占用（内存）' },
  definition: {
    en: 'Memory that the processes of all services hold, the mean over the last 24 hours.',
    zhCN: '近 24 小时内，各服务进程占用内存之和的平均值。',
  },
  scope: 'installation',
  promql: 'sum(avg_over_time(process_resident_memory_bytes{job=~"ingest|scorer|alerts"}[1d]))',
  unit: 'bytes',
  direction: 'down',
  periods: ['day'],
  period: 'day',
  cohort: null,
  caveats: [
    {
      en: 'Disks of Kafka, Redis and Prometheus are watched by their own exporters.',
      zhCN: 'Kafka、Redis 与 Prometheus 的磁盘由其自带的监控导出器监测。',
    },
  ],
};
