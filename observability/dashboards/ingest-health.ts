import { board } from './board.ts';
import { panel, quantile, query, rateBy, series } from './panels.ts';

export const ingestHealth = board({
  name: 'ingest-health',
  title: { en: 'Ingest', zhCN: '采集' },
  jobs: 'ingest',
  since: 'now-6h',
  panels: [
    panel({
      title: { en: 'Events by result', zhCN: '事件结果' },
      about: { en: 'Events answered, each with one result.', zhCN: '已应答事件，每条一个结果。' },
      unit: 'ops',
      queries: [query(rateBy('result', 'tidewatch_events_total'), '{{result}}')],
    }),
    panel({
      title: { en: 'Rejected by reason', zhCN: '拒绝原因' },
      about: { en: 'Dead letters by error code.', zhCN: '按错误码统计的死信。' },
      unit: 'ops',
      queries: [query(rateBy('code', 'tidewatch_ingest_rejections_total'), '{{code}}')],
    }),
    panel({
      title: { en: 'Requests and retries', zhCN: '请求与重试' },
      about: {
        en: 'Retries that grow mean that clients do not get their 2xx.',
        zhCN: '重试增多说明客户端未得到 2xx。',
      },
      unit: 'reqps',
      queries: [query(rateBy('attempt', 'tidewatch_ingest_requests_total'), '{{attempt}}')],
    }),
    panel({
      title: { en: 'Duration of requests', zhCN: '请求耗时' },
      about: { en: 'Median and 99 %.', zhCN: '中位数与 P99。' },
      unit: 's',
      queries: [
        query(quantile(0.5, 'job', 'tidewatch_http_request_duration_seconds'), '50 %'),
        query(quantile(0.99, 'job', 'tidewatch_http_request_duration_seconds'), '99 %'),
      ],
    }),
    panel({
      title: { en: 'In flight', zhCN: '处理中' },
      about: { en: 'Requests not finished.', zhCN: '未完成请求。' },
      unit: 'short',
      queries: [query(series('tidewatch_ingest_in_flight_requests'), '{{instance}}')],
    }),
    panel({
      title: { en: 'Bytes in flight', zhCN: '处理中字节' },
      about: { en: 'Bytes of requests not finished.', zhCN: '未完成请求的字节数。' },
      unit: 'bytes',
      queries: [query(series('tidewatch_ingest_in_flight_bytes'), '{{instance}}')],
    }),
    panel({
      title: { en: 'Turned down', zhCN: '拒收' },
      about: { en: 'Requests refused for load or for a limit of their key.', zhCN: '因负载或密钥限额被拒的请求。' },
      unit: 'reqps',
      queries: [
        query(rateBy('job', 'tidewatch_ingest_turned_down_total'), 'load'),
        query(rateBy('job', 'tidewatch_ingest_rate_limited_total'), 'limit'),
      ],
    }),
    panel({
      title: { en: 'Write failures', zhCN: '写入失败' },
      about: { en: 'Requests answered 503, by code.', zhCN: '返回 503 的请求，按错误码。' },
      unit: 'reqps',
      queries: [query(rateBy('code', 'tidewatch_ingest_write_failures_total'), '{{code}}')],
    }),
    panel({
      title: { en: 'Unknown names', zhCN: '未知名称' },
      about: { en: 'Accepted events whose names the tracking plan does not know.', zhCN: '埋点计划未知名称的事件。' },
      unit: 'ops',
      queries: [query(rateBy('job', 'tidewatch_ingest_unmapped_events_total'), 'unmapped')],
    }),
  ],
});
