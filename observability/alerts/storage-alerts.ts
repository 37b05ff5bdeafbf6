import type { AlertRule } from './alert-rule.ts';

/** Room of the stores, from the exporters that docs/reference/monitoring.md names: the services cannot see it. */
export const storageAlerts: readonly AlertRule[] = [
  {
    name: 'KafkaDiskFills',
    severity: 'page',
    team: 'platform',
    expr: [
      'node_filesystem_avail_bytes{job="node"} / node_filesystem_size_bytes{job="node"} < 0.1 or',
      '(predict_linear(node_filesystem_avail_bytes{job="node"}[6h], 86400) < 0 and node_filesystem_avail_bytes{job="node"} / node_filesystem_size_bytes{job="node"} < 0.4)',
    ].join('\n'),
    holds: '15m',
    summary: {
      en: 'The disk of {{ $labels.instance }} fills up ({{ $labels.mountpoint }})',
      zhCN: '{{ $labels.instance }} 磁盘将满（{{ $labels.mountpoint }}）',
    },
    description: {
      en: 'Less than a tenth is free, or nothing will be within a day. A broker whose disk is full ends, and ingest answers 503.',
      zhCN: '剩余不足十分之一，或一天内将用尽。磁盘写满后 Broker 退出，采集服务返回 503。',
    },
    check: [
      'Which topics take the room: `kafka-log-dirs.sh --describe`. Does an import run, or was a retention lengthened?',
    ],
    fix: [
      'Add room, or shorten the retention of scores, which can be made again; never that of events below the horizon, nor of `kpi.facts.v1`, which alone holds spend, typed figures and what cases and tasks counted.',
    ],
    firing: {
      series: {
        'node_filesystem_avail_bytes{job="node",instance="kafka-1",mountpoint="/data"}': '5x60',
        'node_filesystem_size_bytes{job="node",instance="kafka-1",mountpoint="/data"}': '100x60',
      },
      at: '30m',
      labels: { job: 'node', instance: 'kafka-1', mountpoint: '/data' },
      value: '0.05',
    },
    silent: {
      series: {
        'node_filesystem_avail_bytes{job="node",instance="kafka-1",mountpoint="/data"}': '50x60',
        'node_filesystem_size_bytes{job="node",instance="kafka-1",mountpoint="/data"}': '100x60',
      },
      at: '30m',
    },
    tried: { notHere: 'it needs node_exporter, and a disk that may be filled' },
  },
  {
    name: 'RedisMemoryFills',
    severity: 'page',
    team: 'platform',
    expr: 'redis_memory_used_bytes / (redis_memory_max_bytes > 0) > 0.85',
    holds: '10m',
    summary: { en: 'Redis {{ $labels.instance }} is nearly full', zhCN: 'Redis {{ $labels.instance }} 内存将满' },
    description: {
      en: '{{ $value | humanizePercentage }} of maxmemory is taken. When it is full, writes are refused and everything waits.',
      zhCN: '已使用 maxmemory 的 {{ $value | humanizePercentage }}。写满后写入被拒绝，全部处理暂停。',
    },
    check: [
      '`redis-cli info memory`, `--bigkeys`; is `maxmemory-policy` `noeviction`, as it must be?',
      'A shadow key space of a backfill that is done?',
    ],
    fix: ['Raise `maxmemory`; delete the shadow key space (docs/reference/state-migration.md).'],
    firing: {
      series: {
        'redis_memory_used_bytes{job="redis",instance="r:6379"}': '90x30',
        'redis_memory_max_bytes{job="redis",instance="r:6379"}': '100x30',
      },
      at: '20m',
      labels: { job: 'redis', instance: 'r:6379' },
      value: '90%',
    },
    silent: {
      series: {
        'redis_memory_used_bytes{job="redis",instance="r:6379"}': '90x30',
        'redis_memory_max_bytes{job="redis",instance="r:6379"}': '0x30',
      },
      at: '20m',
    },
    tried: { notHere: 'it needs redis_exporter, and a Redis of its own with a limit' },
  },
];
