import { faultTests, type AlertRule } from './alert-rule.ts';
import { increased } from './increased.ts';

/** Whether events are taken in, and what is answered over HTTP. */
export const ingestAlerts: readonly AlertRule[] = [
  {
    name: 'EventsRejected',
    severity: 'ticket',
    team: 'data',
    expr: 'sum(rate(tidewatch_events_total{result="rejected"}[10m])) / sum(rate(tidewatch_events_total[10m])) > 0.05',
    holds: '10m',
    summary: { en: 'Many events become dead letters', zhCN: '大量事件成为死信' },
    description: {
      en: '{{ $value | humanizePercentage }} of the events are rejected. They are kept with their reason and can be replayed.',
      zhCN: '{{ $value | humanizePercentage }} 的事件被拒绝。它们连同原因被保存，可以重放。',
    },
    check: [
      'The panel "Rejected by reason" of the ingest dashboard, or `npm run tidewatch -- dlq list`, says which code.',
      'One source alone? `GET /v1/quality` shows sources field by field. Was a client released?',
    ],
    fix: [
      'Mend the client, or teach the tracking plan the name it uses (docs/reference/tracking-plan.md).',
      'Then `npm run tidewatch -- dlq replay`: what is mended is taken in, each event once.',
    ],
    firing: {
      series: {
        'tidewatch_events_total{job="ingest",result="accepted"}': '0+90x40',
        'tidewatch_events_total{job="ingest",result="rejected"}': '0+10x40',
      },
      at: '30m',
      labels: {},
      value: '10%',
    },
    silent: {
      series: {
        'tidewatch_events_total{job="ingest",result="accepted"}': '0+99x40',
        'tidewatch_events_total{job="ingest",result="rejected"}': '0+1x40',
      },
      at: '30m',
    },
    tried: { test: faultTests.system, fault: 'events without an id were sent' },
  },
  {
    name: 'EventsNotWritten',
    severity: 'page',
    team: 'platform',
    expr: increased('tidewatch_ingest_write_failures_total', '5m'),
    holds: '1m',
    summary: { en: 'Ingest cannot write events', zhCN: '采集服务无法写入事件' },
    description: {
      en: 'Requests are answered 503 with Retry-After, since Kafka or Redis did not take their events. Clients keep them and try again.',
      zhCN: 'Kafka 或 Redis 未接收事件，请求得到 503 与 Retry-After，由客户端保留并重试。',
    },
    check: [
      '`/readyz` of ingest; the label `code` of the counter; `npm run tidewatch -- doctor`.',
      'Disk of the brokers (KafkaDiskFills), memory of Redis (RedisMemoryFills).',
    ],
    fix: [
      'Bring back the broker or Redis. Clients with small buffers lose events after hours: tell their owners if it lasts.',
    ],
    firing: {
      series: { 'tidewatch_ingest_write_failures_total{job="ingest",code="ERR_LOG_UNAVAILABLE"}': '_x5 1+2x20' },
      at: '12m',
      labels: { job: 'ingest' },
      value: '10',
    },
    silent: {
      series: { 'tidewatch_ingest_write_failures_total{job="ingest",code="ERR_LOG_UNAVAILABLE"}': '5x40' },
      at: '30m',
    },
    tried: {
      test: faultTests.system,
      fault: 'the way of ingest to Redis was closed while events came in, and opened again',
    },
  },
  {
    name: 'RequestsTurnedDown',
    severity: 'ticket',
    team: 'platform',
    expr: 'sum by (job) (rate(tidewatch_ingest_turned_down_total[5m])) > 0',
    holds: '5m',
    summary: { en: 'Ingest is at its limit', zhCN: '采集服务达到上限' },
    description: {
      en: '{{ $value | humanize }} requests a second are turned down since too much is unfinished.',
      zhCN: '未完成请求过多，每秒拒绝 {{ $value | humanize }} 个请求。',
    },
    check: ['In-flight requests and bytes on the ingest dashboard.', 'Is the broker slow, or is it a burst?'],
    fix: ['Start another ingest behind the balancer.', 'Slow broker: see EventsNotWritten.'],
    firing: {
      series: { 'tidewatch_ingest_turned_down_total{job="ingest",instance="h:8081"}': '0+60x20' },
      at: '15m',
      labels: { job: 'ingest' },
      value: '1',
    },
    silent: { series: { 'tidewatch_ingest_turned_down_total{job="ingest",instance="h:8081"}': '9x20' }, at: '15m' },
    tried: { notHere: 'to fill the buffers of ingest takes more load than two cores can make' },
  },
  {
    name: 'RateLimitsUnchecked',
    severity: 'ticket',
    team: 'platform',
    expr: increased('tidewatch_ingest_rate_limits_unchecked_total', '10m'),
    holds: '5m',
    summary: { en: 'Rate limits are not enforced', zhCN: '速率限制未生效' },
    description: {
      en: 'Redis could not be asked for the limits of write keys; requests went on without.',
      zhCN: '无法向 Redis 查询写入密钥的限额；请求未受限制地通过。',
    },
    check: ['Is Redis slow or away (`/readyz`)?'],
    fix: ['Bring Redis back; nothing else is to be done.'],
    firing: {
      series: { 'tidewatch_ingest_rate_limits_unchecked_total{job="ingest"}': '0+1x30' },
      at: '20m',
      labels: { job: 'ingest' },
      value: '10',
    },
    silent: { series: { 'tidewatch_ingest_rate_limits_unchecked_total{job="ingest"}': '5x40' }, at: '30m' },
    tried: { test: faultTests.ingest, fault: 'the way of ingest to Redis was closed for a moment, and opened again' },
  },
  {
    name: 'EventsUnmapped',
    severity: 'ticket',
    team: 'data',
    expr: 'sum(rate(tidewatch_ingest_unmapped_events_total[1h])) / sum(rate(tidewatch_events_total{result="accepted"}[1h])) > 0.1',
    holds: '1h',
    summary: { en: 'Many events have names the plan does not know', zhCN: '大量事件名称不在埋点计划中' },
    description: {
      en: '{{ $value | humanizePercentage }} of the accepted events have unknown names: they are kept, and no feature and no KPI reads them.',
      zhCN: '{{ $value | humanizePercentage }} 的已接收事件名称未知：事件已保存，但不进入任何特征或 KPI。',
    },
    check: ['`GET /v1/plan/unmapped` of ingest lists the names by count.'],
    fix: ['Give each name its meaning in the tracking plan; it takes effect while ingest runs.'],
    firing: {
      series: {
        'tidewatch_events_total{job="ingest",result="accepted"}': '0+100x200',
        'tidewatch_ingest_unmapped_events_total{job="ingest"}': '0+20x200',
      },
      at: '150m',
      labels: {},
      value: '20%',
    },
    silent: {
      series: {
        'tidewatch_events_total{job="ingest",result="accepted"}': '0+100x200',
        'tidewatch_ingest_unmapped_events_total{job="ingest"}': '0+2x200',
      },
      at: '150m',
    },
    tried: { test: faultTests.system, fault: 'events with names that nobody knows were sent' },
  },
  {
    name: 'RequestsFail',
    severity: 'page',
    team: 'platform',
    expr: 'sum by (job) (rate(tidewatch_http_requests_total{status_class="5xx",route!="/readyz"}[5m])) / sum by (job) (rate(tidewatch_http_requests_total{route!="/readyz"}[5m])) > 0.05',
    holds: '5m',
    summary: { en: '{{ $labels.job }} answers with errors', zhCN: '{{ $labels.job }} 返回错误' },
    description: {
      en: '{{ $value | humanizePercentage }} of the answers are 5xx.',
      zhCN: '{{ $value | humanizePercentage }} 的响应为 5xx。',
    },
    check: [
      'The panel of answers by route says which; the log of the service holds each fault with its code.',
      '`/readyz` for a dependency that is away.',
    ],
    fix: [
      'Bring back the dependency. A defect (`ERR_INTERNAL`): go back to the release before and report the log entry.',
    ],
    firing: {
      series: {
        'tidewatch_http_requests_total{job="ingest",route="/v1/batch",status_class="2xx"}': '0+80x20',
        'tidewatch_http_requests_total{job="ingest",route="/v1/batch",status_class="5xx"}': '0+20x20',
      },
      at: '15m',
      labels: { job: 'ingest' },
      value: '20%',
    },
    silent: {
      series: {
        'tidewatch_http_requests_total{job="ingest",route="/v1/batch",status_class="2xx"}': '0+80x20',
        'tidewatch_http_requests_total{job="ingest",route="/readyz",status_class="5xx"}': '0+80x20',
      },
      at: '15m',
    },
    tried: {
      test: faultTests.system,
      fault: 'the way of ingest to Redis was closed while events came in, and opened again',
    },
  },
  {
    name: 'RequestsSlow',
    severity: 'ticket',
    team: 'platform',
    expr: 'histogram_quantile(0.99, sum by (job, le) (rate(tidewatch_http_request_duration_seconds_bucket{route!~".*stream.*|/metrics"}[5m]))) > 2.5',
    holds: '10m',
    summary: { en: '{{ $labels.job }} answers slowly', zhCN: '{{ $labels.job }} 响应缓慢' },
    description: {
      en: 'One request in a hundred takes more than {{ $value | humanizeDuration }}.',
      zhCN: '每百个请求中有一个超过 {{ $value | humanizeDuration }}。',
    },
    check: ['Which route (dashboard)? Is Redis or the broker slow, or the event loop blocked (EventLoopBlocked)?'],
    fix: ['As for the cause; another process of ingest behind the balancer shares the load.'],
    firing: {
      series: {
        'tidewatch_http_request_duration_seconds_bucket{job="ingest",route="/v1/batch",le="2.5"}': '0+10x30',
        'tidewatch_http_request_duration_seconds_bucket{job="ingest",route="/v1/batch",le="5"}': '0+20x30',
        'tidewatch_http_request_duration_seconds_bucket{job="ingest",route="/v1/batch",le="+Inf"}': '0+20x30',
      },
      at: '20m',
      labels: { job: 'ingest' },
      value: '4.95s',
    },
    silent: {
      series: {
        'tidewatch_http_request_duration_seconds_bucket{job="ingest",route="/v1/batch",le="2.5"}': '0+20x30',
        'tidewatch_http_request_duration_seconds_bucket{job="ingest",route="/v1/batch",le="+Inf"}': '0+20x30',
      },
      at: '20m',
    },
    tried: {
      test: faultTests.ingest,
      fault: 'ingest was stopped with SIGSTOP for some seconds, again and again, while requests were under way',
    },
  },
  {
    name: 'QualityBelowTarget',
    severity: 'ticket',
    team: 'data',
    expr: 'max by (tenant, source, dimension) (tidewatch_quality_below_target) == 1',
    holds: '1h',
    summary: {
      en: 'Data of {{ $labels.source }} is below its target ({{ $labels.dimension }})',
      zhCN: '{{ $labels.source }} 数据质量低于目标（{{ $labels.dimension }}）',
    },
    description: {
      en: 'Of tenant {{ $labels.tenant }} the share of good values of yesterday and today is below the target of this dimension.',
      zhCN: '租户 {{ $labels.tenant }} 昨天与今天该维度的合格占比低于目标。',
    },
    check: ['`GET /v1/quality` of ingest shows the source field by field, worst first; the log names the worst field.'],
    fix: ['Mend the source, or add a cleaning rule (docs/reference/quality.md). The score follows within a day.'],
    firing: {
      series: {
        'tidewatch_quality_below_target{job="ingest",tenant="t",source="pos",dimension="completeness"}': '1x90',
      },
      at: '70m',
      labels: { tenant: 't', source: 'pos', dimension: 'completeness' },
      value: '1',
    },
    silent: {
      series: {
        'tidewatch_quality_below_target{job="ingest",tenant="t",source="pos",dimension="completeness"}': '1x30 0x60',
      },
      at: '70m',
    },
    tried: { notHere: 'scores are compared every few minutes at the earliest, and over two days' },
  },
  {
    name: 'QualityUnchecked',
    severity: 'ticket',
    team: 'data',
    expr: 'time() - max(tidewatch_quality_checked_timestamp_seconds) > 7200',
    holds: '10m',
    summary: { en: 'Data quality is not checked', zhCN: '数据质量检查未运行' },
    description: {
      en: 'The scores of sources were compared {{ $value | humanizeDuration }} ago for the last time; counts are kept meanwhile.',
      zhCN: '各数据源的评分上次比较是在 {{ $value | humanizeDuration }} 之前；期间计数仍保留。',
    },
    check: ['Log of ingest: "the quality of sources could not be checked". Is Redis there?'],
    fix: ['Bring Redis back; the next turn compares all that was counted.'],
    firing: {
      series: { 'tidewatch_quality_checked_timestamp_seconds{job="ingest"}': '60x200' },
      at: '140m',
      labels: {},
      value: '2h 19m 0s',
    },
    silent: { series: { 'tidewatch_quality_checked_timestamp_seconds{job="ingest"}': '0+60x200' }, at: '140m' },
    tried: { notHere: 'it waits for two hours' },
  },
];
