import type { MeasuredKpi } from '../measured-kpi.ts';

export const answerTimeP95: MeasuredKpi = {
  key: 'answer_time_p95',
  handbook: 'N24',
  version: 1,
  name: { en: 'Answer time of the system (95 %)', zhCN: '系统响应时间（95 分位）' },
  definition: {
    en: 'Time within which 95 % of HTTP requests to all services were answered, over the last 24 hours.',
    zhCN: '近 24 小时内，各服务 95% 的 HTTP 请求在此时间内得到答复。',
  },
  scope: 'installation',
  promql:
    '1000 * histogram_quantile(0.95, sum by (le) (rate(tidewatch_http_request_duration_seconds_bucket[1d]))) >= 0',
  unit: 'milliseconds',
  direction: 'down',
  periods: ['day'],
  period: 'day',
  cohort: null,
  caveats: [{ en: 'Interpolated within the buckets of a histogram.', zhCN: '在直方图区间内插值得到。' }],
};
