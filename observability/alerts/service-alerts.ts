import { faultTests, type AlertRule } from './alert-rule.ts';

const ours = 'job=~"ingest|scorer|alerts"';

/** Whether the three services run, progress, and have what they need of the machine. */
export const serviceAlerts: readonly AlertRule[] = [
  {
    name: 'ServiceDown',
    severity: 'page',
    team: 'platform',
    expr: `up{${ours}} == 0`,
    holds: '1m',
    summary: { en: '{{ $labels.job }} does not answer', zhCN: '{{ $labels.job }} 无响应' },
    description: {
      en: 'Prometheus gets no metrics from {{ $labels.instance }}: the process is gone, hangs, or cannot be reached.',
      zhCN: 'Prometheus 无法从 {{ $labels.instance }} 获取指标：进程已退出、挂起或网络不可达。',
    },
    check: [
      'Is the process there? Does `curl http://HOST:PORT/livez` answer?',
      'Read the last lines of its log: exit code 78 is a wrong setting, exit code 1 a Kafka client that failed for good.',
      'Does only Prometheus not reach it? Its target page says why.',
    ],
    fix: [
      'Start it again (`npm run service -- ingest|scorer|alerts`, or the supervisor does). It goes on where it was; nothing has to be repaired.',
      'With exit code 78 correct the setting that the log names; `npm run tidewatch -- doctor` checks them all.',
    ],
    firing: {
      series: { 'up{job="scorer",instance="h:8082"}': '1x4 0x10' },
      at: '8m',
      labels: { job: 'scorer', instance: 'h:8082' },
      value: '0',
    },
    silent: { series: { 'up{job="scorer",instance="h:8082"}': '1x4 0 1x10' }, at: '5m' },
    tried: { test: faultTests.system, fault: 'the scorer was stopped with SIGSTOP and let go on' },
  },
  {
    name: 'ServiceNotReady',
    severity: 'page',
    team: 'platform',
    expr: 'tidewatch_service_ready == 0',
    holds: '2m',
    summary: { en: '{{ $labels.job }} is not ready', zhCN: '{{ $labels.job }} 未就绪' },
    description: {
      en: '{{ $labels.instance }} answers but makes no progress: a dependency is away, a partition is halted or stuck, or it has not started up yet.',
      zhCN: '{{ $labels.instance }} 有响应但无法推进：依赖不可用、分区停止或卡住，或尚未完成启动。',
    },
    check: [
      '`curl http://HOST:PORT/readyz` lists the reasons in plain words, and each partition with offset, lag and age.',
      'Redis: `redis-cli -u $REDIS_URL ping`. Kafka and registry: `npm run tidewatch -- doctor`.',
    ],
    fix: [
      'Bring back what the reasons name. The service goes on by itself; do not restart it for this.',
      'A partition that halted before a record: see [errors](../reference/errors.md) for its code, and [state migration](../reference/state-migration.md) for a state it cannot read.',
    ],
    firing: {
      series: { 'tidewatch_service_ready{job="scorer",instance="h:8082"}': '1x2 0x10' },
      at: '8m',
      labels: { job: 'scorer', instance: 'h:8082' },
      value: '0',
    },
    silent: { series: { 'tidewatch_service_ready{job="scorer",instance="h:8082"}': '1 0 1x10' }, at: '8m' },
    tried: { test: faultTests.system, fault: 'the way to Redis was closed and opened again' },
  },
  {
    name: 'ServiceRestarts',
    severity: 'ticket',
    team: 'platform',
    expr: `changes(process_start_time_seconds{${ours}}[15m]) > 2`,
    holds: '0m',
    summary: { en: '{{ $labels.job }} keeps being started again', zhCN: '{{ $labels.job }} 反复重启' },
    description: {
      en: '{{ $labels.instance }} was started {{ $value }} times within 15 minutes: something ends it each time.',
      zhCN: '{{ $labels.instance }} 在 15 分钟内重启了 {{ $value }} 次：每次都被某个原因终止。',
    },
    check: [
      'Read the end of its log before each start, and the exit codes the supervisor saw.',
      'Did the kernel end it for memory (`dmesg`, exit code 137)?',
    ],
    fix: [
      'Remove what ends it; each restart loses no event, but costs a rebalance of all partitions.',
      'For memory see [ServiceMemoryHigh](ServiceMemoryHigh.md).',
    ],
    firing: {
      series: { 'process_start_time_seconds{job="alerts",instance="h:8083"}': '100x2 200x2 300x2 400x5' },
      at: '12m',
      labels: { job: 'alerts', instance: 'h:8083' },
      value: '3',
    },
    silent: { series: { 'process_start_time_seconds{job="alerts",instance="h:8083"}': '100x5 200x10' }, at: '12m' },
    tried: { test: faultTests.system, fault: 'the scorer was killed and started again three times' },
  },
  {
    name: 'EventLoopBlocked',
    severity: 'ticket',
    team: 'platform',
    expr: `nodejs_eventloop_lag_p99_seconds{${ours}} > 1`,
    holds: '10m',
    summary: { en: 'The event loop of {{ $labels.job }} is blocked', zhCN: '{{ $labels.job }} 事件循环阻塞' },
    description: {
      en: 'One in a hundred turns of {{ $labels.instance }} waits {{ $value | humanizeDuration }}: it has more to compute than its core can do, or the machine is busy.',
      zhCN: '{{ $labels.instance }} 每百次事件循环有一次等待 {{ $value | humanizeDuration }}：计算量超出单核能力，或机器繁忙。',
    },
    check: [
      'CPU of the process (`rate(process_cpu_seconds_total[5m])` near 1 is its own work, far below 1 is the machine).',
      'Explanations and next best actions cost tens of scores each: is somebody asking for many?',
    ],
    fix: ['Start another process of the service: partitions are shared out.', 'Take other work off the machine.'],
    firing: {
      series: { 'nodejs_eventloop_lag_p99_seconds{job="scorer",instance="h:8082"}': '2x20' },
      at: '15m',
      labels: { job: 'scorer', instance: 'h:8082' },
      value: '2s',
    },
    silent: { series: { 'nodejs_eventloop_lag_p99_seconds{job="scorer",instance="h:8082"}': '0.02x20' }, at: '15m' },
    tried: {
      test: faultTests.ingest,
      fault: 'ingest was stopped with SIGSTOP for some seconds, again and again, as on a machine that is too busy',
    },
  },
  {
    name: 'ServiceMemoryHigh',
    severity: 'ticket',
    team: 'platform',
    expr: `process_resident_memory_bytes{${ours}} > 2147483648`,
    holds: '15m',
    summary: { en: '{{ $labels.job }} takes more than 2 GiB', zhCN: '{{ $labels.job }} 内存超过 2 GiB' },
    description: {
      en: '{{ $labels.instance }} holds {{ $value | humanize1024 }}B. Nothing is queued in memory without bound, so this grows with what is cached or is a leak.',
      zhCN: '{{ $labels.instance }} 占用 {{ $value | humanize1024 }}B。内存中没有无界队列，增长来自缓存或泄漏。',
    },
    check: [
      'Does it go on growing at constant load (leak), or did it step up with the number of customers or playbooks?',
      '`nodejs_heap_size_used_bytes` beside `nodejs_external_memory_bytes` says whether it is objects or buffers.',
    ],
    fix: [
      'Restart it to gain time: it goes on where it was.',
      'Keep a heap snapshot (`node --inspect`) for the report.',
    ],
    firing: {
      series: { 'process_resident_memory_bytes{job="alerts",instance="h:8083"}': '3221225472x30' },
      at: '20m',
      labels: { job: 'alerts', instance: 'h:8083' },
      value: '3Gi',
    },
    silent: { series: { 'process_resident_memory_bytes{job="alerts",instance="h:8083"}': '300000000x30' }, at: '20m' },
    tried: { notHere: 'a process of that size would not leave the machine enough for the others' },
  },
];
