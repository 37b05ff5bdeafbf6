import type { MeasuredKpi } from '../measured-kpi.ts';

export const availability: MeasuredKpi = {
  key: 'availability',
  handbook: 'N24',
  version: 1,
  name: { en: 'Stability of the system', zhCN: '系统稳定性' },
  definition: {
    en: 'HTTP requests to all services that were not answered 5xx, of all that were answered, over the last 24 hours.',
    zhCN: '近 24 小时内，各服务未以 5xx 答复的 HTTP 请求占比。',
  },
  scope: 'installation',
  promql:
    '1 - (sum(increase(tidewatch_http_requests_total{status_class="5xx"}[1d])) or vector(0)) / (sum(increase(tidewatch_http_requests_total[1d])) > 0)',
  unit: 'share',
  direction: 'up',
  periods: ['day'],
  period: 'day',
  cohort: null,
  caveats: [{ en: 'Requests that never reached a service are not seen.', zhCN: '未到达服务的请求无法统计。' }],
};
