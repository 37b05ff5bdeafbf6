import { faultTests, type AlertRule } from './alert-rule.ts';
import { increased } from './increased.ts';

const topic = { job: 'scorer', instance: 'h:8082', topic: 'customer.events.v1' };
const topicLabels = 'job="scorer",instance="h:8082",topic="customer.events.v1"';
const partition = { ...topic, partition: '3' };
const labels = `${topicLabels},partition="3"`;

/** Whether the records of the log are worked off. */
export const streamAlerts: readonly AlertRule[] = [
  {
    name: 'PartitionLagGrows',
    severity: 'ticket',
    team: 'platform',
    expr: 'tidewatch_partition_lag > 1000 and deriv(tidewatch_partition_lag[10m]) > 0',
    holds: '10m',
    summary: {
      en: '{{ $labels.job }} falls behind on {{ $labels.topic }}/{{ $labels.partition }}',
      zhCN: '{{ $labels.job }} 在 {{ $labels.topic }}/{{ $labels.partition }} 上持续落后',
    },
    description: {
      en: '{{ $value | humanize }} records wait and become more: more comes in than is worked off, or the service waits for something.',
      zhCN: '积压 {{ $value | humanize }} 条且仍在增加：流入大于处理速度，或服务正在等待依赖。',
    },
    check: [
      'One partition alone: a customer with very many events, or a slow partition leader. All of them: load, or a slow Redis or broker.',
      '`/readyz` shows lag and age of each partition; `tidewatch_partition_catchup_seconds` is absent while the lag does not shrink.',
      'Is an import running? It may fall behind and catch up by itself.',
    ],
    fix: [
      'Start another process of the service: partitions are shared out.',
      'Slow an import down, or let it end.',
      'Slow Redis: look at its `SLOWLOG`, memory and disk.',
    ],
    firing: {
      series: { [`tidewatch_partition_lag{${labels}}`]: '0+500x40' },
      at: '30m',
      labels: partition,
      value: '15k',
    },
    silent: { series: { [`tidewatch_partition_lag{${labels}}`]: '20000-500x40' }, at: '30m' },
    tried: {
      test: faultTests.scorer,
      fault: 'Redis did not answer while a thousand events a second were written, and answered again',
    },
  },
  {
    name: 'PartitionStuck',
    severity: 'page',
    team: 'platform',
    expr: 'min_over_time(tidewatch_partition_lag[10m]) > 0 and tidewatch_partition_lag >= (tidewatch_partition_lag offset 10m)',
    holds: '5m',
    summary: {
      en: '{{ $labels.job }} makes no way on {{ $labels.topic }}/{{ $labels.partition }}',
      zhCN: '{{ $labels.job }} 在 {{ $labels.topic }}/{{ $labels.partition }} 上没有进展',
    },
    description: {
      en: 'Records have been waiting for ten minutes and are no fewer than before; the partition is halted or stuck.',
      zhCN: '十分钟来一直有记录等待且未减少；该分区已停止或卡住。',
    },
    check: [
      '`/readyz` names a halted partition and the record it stopped before.',
      'Read the log of the service for that partition: an unknown control kind, a model it does not serve, a state it cannot read.',
    ],
    fix: [
      'Remove the reason that `/readyz` names, as its error code says in [errors](../reference/errors.md); then restart the service.',
      'A model that is activated and not there: put it among the models; restart once the reason says so ([another model](../reference/scorer.md#another-model)).',
      'Without a reason: restart the process. What it had in hand is done again and counts once.',
    ],
    firing: { series: { [`tidewatch_partition_lag{${labels}}`]: '7x40' }, at: '30m', labels: partition, value: '7' },
    silent: { series: { [`tidewatch_partition_lag{${labels}}`]: '7 0 9 0 7x6 0x10 8 9 0x20' }, at: '30m' },
    tried: {
      test: faultTests.scorer,
      fault:
        'a model was put in force that the scorer did not have; it was put among its models, and the scorer restarted',
    },
  },
  {
    name: 'CatchUpTakesLong',
    severity: 'ticket',
    team: 'platform',
    expr: 'tidewatch_partition_catchup_seconds > 1800',
    holds: '15m',
    summary: {
      en: '{{ $labels.job }} needs long to catch up on {{ $labels.topic }}',
      zhCN: '{{ $labels.job }} 追平 {{ $labels.topic }} 需要很久',
    },
    description: {
      en: 'At the present speed {{ $value | humanizeDuration }} are left until nothing waits.',
      zhCN: '按当前速度还需 {{ $value | humanizeDuration }} 才能追平。',
    },
    check: ['Was the service away for long, or is an import or a backfill running? Then this is expected.'],
    fix: ['Start more processes for the time being, up to the number of partitions.'],
    firing: {
      series: { [`tidewatch_partition_catchup_seconds{${topicLabels}}`]: '7200x40' },
      at: '20m',
      labels: topic,
      value: '2h 0m 0s',
    },
    silent: { series: { [`tidewatch_partition_catchup_seconds{${topicLabels}}`]: '3600-300x40' }, at: '20m' },
    tried: { notHere: 'a backlog of half an hour takes longer to make than the test may last' },
  },
  {
    name: 'OffsetsLost',
    severity: 'page',
    team: 'platform',
    expr: increased('tidewatch_offsets_lost_total', '1h'),
    holds: '0m',
    summary: { en: '{{ $labels.job }} missed records for good', zhCN: '{{ $labels.job }} 永久错过了记录' },
    description: {
      en: 'The log no longer holds records that {{ $labels.job }} had not handled: they were removed while it was away. Always 0 in a sound system.',
      zhCN: '日志已不再保留 {{ $labels.job }} 尚未处理的记录：在其离线期间被清除。正常系统中恒为 0。',
    },
    check: [
      'The log entry `offset_out_of_range` names topic, partition, and the first and last offset that are gone.',
      'Was the retention shortened, or the service away for longer than it?',
    ],
    fix: [
      'Lengthen the retention of the topic first.',
      'Rebuild what was missed from an archive with `tidewatch import`: the events that are gone and no others, without `event_id`, since ingest takes an id it has had lately for a copy. A file that is imported again counts nothing twice.',
      'Then a backfill ([state migration](../reference/state-migration.md)).',
    ],
    firing: {
      series: { 'tidewatch_offsets_lost_total{job="scorer",instance="h:8082"}': '_x10 1x30' },
      at: '20m',
      labels: { job: 'scorer' },
      value: '1',
    },
    silent: { series: { 'tidewatch_offsets_lost_total{job="scorer",instance="h:8082"}': '2x200' }, at: '150m' },
    tried: {
      test: faultTests.scorer,
      fault:
        'the log was cut while the scorer was away; its retention was lengthened and the orders that were gone imported, without the backfill',
    },
  },
  {
    name: 'GroupsRebalance',
    severity: 'ticket',
    team: 'platform',
    expr: 'increase(tidewatch_group_rebalances_total[30m]) > 6',
    holds: '5m',
    summary: { en: '{{ $labels.job }} keeps rebalancing', zhCN: '{{ $labels.job }} 反复再均衡' },
    description: {
      en: 'The consumer group of {{ $labels.instance }} was shared out anew {{ $value | humanize }} times in half an hour; nothing is read meanwhile.',
      zhCN: '{{ $labels.instance }} 的消费组半小时内再均衡 {{ $value | humanize }} 次，期间不读取数据。',
    },
    check: [
      'Do processes come and go (ServiceRestarts)?',
      'Is a chunk slower than the session timeout (EventLoopBlocked)?',
    ],
    fix: ['Remove the cause; a longer `TIDEWATCH_SESSION_TIMEOUT_MS` only where chunks are rightly slow.'],
    firing: {
      series: { 'tidewatch_group_rebalances_total{job="scorer",instance="h:8082"}': '0+1x40' },
      at: '40m',
      labels: { job: 'scorer', instance: 'h:8082' },
      value: '30',
    },
    silent: { series: { 'tidewatch_group_rebalances_total{job="scorer",instance="h:8082"}': '1x5 2x40' }, at: '40m' },
    tried: { notHere: 'seven rebalances of half a minute each take longer than the test may last' },
  },
  {
    name: 'KpiFactsNotCounted',
    severity: 'ticket',
    team: 'data',
    expr: 'max by (job) (tidewatch_kpi_staleness_seconds) > 900',
    holds: '15m',
    summary: { en: 'KPI facts are not counted', zhCN: 'KPI 事实未被计入' },
    description: {
      en: 'The newest fact that is counted is {{ $value | humanizeDuration }} old while others wait: KPIs tell too little. None is lost.',
      zhCN: '仍有事实等待，而最近计入的事实已过去 {{ $value | humanizeDuration }}：KPI 偏低，但不会丢失。',
    },
    check: [
      '`/readyz` of alerts: is the group of KPI facts among the partitions, and what does it wait for?',
      'Is Redis slow or away?',
      'Is everything counted anew (`tidewatch_kpi_recounts_total`)? Then it ends by itself.',
    ],
    fix: ['As for PartitionStuck. The facts are counted when it goes on, each once and in its own period.'],
    firing: {
      series: { 'tidewatch_kpi_staleness_seconds{job="alerts",instance="h:8083"}': '0+60x60' },
      at: '55m',
      labels: { job: 'alerts' },
      value: '55m 0s',
    },
    // A busy log always has facts that were just written: they wait for seconds, not for long.
    silent: {
      series: { 'tidewatch_kpi_staleness_seconds{job="alerts",instance="h:8083"}': '5x60' },
      at: '55m',
    },
    tried: { notHere: 'a partition that halts needs a record this version does not serve' },
  },
];
