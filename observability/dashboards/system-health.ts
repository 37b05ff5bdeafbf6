import { board } from './board.ts';
import { panel, quantile, query, rate, rateBy, series } from './panels.ts';

export const systemHealth = board({
  name: 'system-health',
  title: { en: 'System health', zhCN: '系统健康' },
  jobs: 'ingest|scorer|alerts',
  since: 'now-6h',
  panels: [
    panel({
      title: { en: 'Services ready', zhCN: '就绪的服务' },
      about: {
        en: 'Services that make progress. Below the number of processes: /readyz says why.',
        zhCN: '正在推进的服务数；少于进程数时查看 /readyz。',
      },
      unit: 'short',
      queries: [query(`sum(${series('tidewatch_service_ready')})`, 'ready')],
      isStat: true,
      width: 6,
    }),
    panel({
      title: { en: 'Alerts firing', zhCN: '触发中的告警' },
      about: {
        en: 'Alerts that fire now; each has a page in the runbook. No data is good news.',
        zhCN: '当前触发的告警，均有处置手册；无数据即正常。',
      },
      unit: 'short',
      queries: [query(`count by (alertname) (ALERTS{alertstate="firing",job=~"$job|"})`, '{{alertname}}')],
      isStat: true,
      width: 18,
    }),
    panel({
      title: { en: 'Records that wait', zhCN: '积压记录' },
      about: { en: 'Lag of each topic: it should come back to 0.', zhCN: '各主题积压，应回落至 0。' },
      unit: 'short',
      queries: [query(`sum by (job, topic) (${series('tidewatch_partition_lag')})`, '{{job}} {{topic}}')],
    }),
    panel({
      title: { en: 'Longest catch-up', zhCN: '最长追平时间' },
      about: {
        en: 'Estimate until the slowest partition has nothing left; no line while nothing waits.',
        zhCN: '最慢分区追平的估计；无积压时无曲线。',
      },
      unit: 's',
      queries: [query(`max by (job) (${series('tidewatch_partition_catchup_seconds')})`, '{{job}}')],
    }),
    panel({
      title: { en: 'Answers with errors', zhCN: '错误响应占比' },
      about: { en: 'Share of 5xx among all answers.', zhCN: '5xx 在全部响应中的占比。' },
      unit: 'percentunit',
      queries: [
        query(
          `(sum by (job) (${rate('tidewatch_http_requests_total', 'status_class="5xx"')}) or 0 * sum by (job) (${rate('tidewatch_http_requests_total')})) / sum by (job) (${rate('tidewatch_http_requests_total')})`,
          '{{job}}',
        ),
      ],
    }),
    panel({
      title: { en: 'Duration of requests, 99 %', zhCN: '请求耗时 P99' },
      about: { en: 'One request in a hundred takes longer.', zhCN: '每百个请求中有一个更长。' },
      unit: 's',
      queries: [query(quantile(0.99, 'job', 'tidewatch_http_request_duration_seconds'), '{{job}}')],
    }),
    panel({
      title: { en: 'CPU', zhCN: 'CPU' },
      about: { en: 'Cores in use; near 1 one process can do no more.', zhCN: '占用的核数，接近 1 即达单进程上限。' },
      unit: 'short',
      queries: [query(rateBy('job, instance', 'process_cpu_seconds_total'), '{{job}} {{instance}}')],
    }),
    panel({
      title: { en: 'Memory', zhCN: '内存' },
      about: { en: 'Resident memory of each process.', zhCN: '各进程常驻内存。' },
      unit: 'bytes',
      queries: [query(series('process_resident_memory_bytes'), '{{job}} {{instance}}')],
    }),
    panel({
      title: { en: 'Event loop, 99 %', zhCN: '事件循环延迟 P99' },
      about: { en: 'How long one turn in a hundred waits.', zhCN: '每百次循环中有一次等待的时长。' },
      unit: 's',
      queries: [query(series('nodejs_eventloop_lag_p99_seconds'), '{{job}} {{instance}}')],
    }),
    panel({
      title: { en: 'Rebalances', zhCN: '再均衡' },
      about: { en: 'How often consumer groups are shared out anew.', zhCN: '消费组重新分配的频率。' },
      unit: 'short',
      queries: [query(rateBy('job', 'tidewatch_group_rebalances_total'), '{{job}}')],
    }),
  ],
});
