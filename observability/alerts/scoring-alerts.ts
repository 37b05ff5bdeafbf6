import { faultTests, type AlertRule } from './alert-rule.ts';
import { increased } from './increased.ts';

/** Whether scores come, in time, and can be trusted. */
export const scoringAlerts: readonly AlertRule[] = [
  {
    name: 'ScoresLate',
    severity: 'page',
    team: 'platform',
    expr: 'histogram_quantile(0.99, sum by (job, le) (rate(tidewatch_score_freshness_seconds_bucket{job="scorer"}[5m]))) > 5',
    holds: '5m',
    summary: { en: 'Scores come late', zhCN: '评分延迟' },
    description: {
      en: 'From the receipt of a live event to its score one in a hundred takes more than {{ $value | humanizeDuration }}.',
      zhCN: '从收到实时事件到评分，每百条中有一条超过 {{ $value | humanizeDuration }}。',
    },
    check: ['Lag of the events topic (PartitionLagGrows)?', 'Latency of Redis and of the broker; CPU of the scorer.'],
    fix: ['As for PartitionLagGrows.', 'After an outage it ends by itself once the scorer has caught up.'],
    firing: {
      series: {
        'tidewatch_score_freshness_seconds_bucket{job="scorer",instance="h:8082",le="5"}': '0+10x20',
        'tidewatch_score_freshness_seconds_bucket{job="scorer",instance="h:8082",le="15"}': '0+100x20',
        'tidewatch_score_freshness_seconds_bucket{job="scorer",instance="h:8082",le="+Inf"}': '0+100x20',
      },
      at: '15m',
      labels: { job: 'scorer' },
      value: '14.89s',
    },
    silent: {
      series: {
        'tidewatch_score_freshness_seconds_bucket{job="scorer",instance="h:8082",le="5"}': '0+100x20',
        'tidewatch_score_freshness_seconds_bucket{job="scorer",instance="h:8082",le="15"}': '0+100x20',
        'tidewatch_score_freshness_seconds_bucket{job="scorer",instance="h:8082",le="+Inf"}': '0+100x20',
      },
      at: '15m',
    },
    tried: {
      test: faultTests.system,
      fault: 'the scorer was stopped with SIGSTOP for ten seconds while events came in, and let go on',
    },
  },
  {
    name: 'ScoringStopped',
    severity: 'page',
    team: 'platform',
    expr: 'sum(rate(tidewatch_events_total{result="accepted"}[10m])) > 0 unless sum(rate(tidewatch_records_total[10m])) > 0',
    holds: '5m',
    summary: { en: 'Events come in and nothing is scored', zhCN: '有事件流入但没有评分' },
    description: {
      en: '{{ $value | humanize }} events a second are accepted, and no scorer has handled a record for ten minutes.',
      zhCN: '每秒接收 {{ $value | humanize }} 条事件，但十分钟内没有任何评分器处理记录。',
    },
    check: [
      'Is a scorer there at all (ServiceDown)?',
      'Do ingest and scorer have the same `TIDEWATCH_TOPIC_PREFIX` and cluster?',
    ],
    fix: [
      'Start the scorer. It goes on from its committed offsets; nothing is lost within the retention of the topic.',
    ],
    firing: {
      series: {
        'tidewatch_events_total{job="ingest",instance="h:8081",result="accepted"}': '0+60x30',
        'tidewatch_records_total{job="scorer",instance="h:8082",result="applied"}': '40x30',
      },
      at: '20m',
      labels: {},
      value: '1',
    },
    silent: {
      series: {
        'tidewatch_events_total{job="ingest",instance="h:8081",result="accepted"}': '0+60x30',
        'tidewatch_records_total{job="scorer",instance="h:8082",result="applied"}': '0+60x30',
      },
      at: '20m',
    },
    tried: {
      test: faultTests.system,
      fault: 'the scorer was stopped with SIGSTOP while events came in, and let go on',
    },
  },
  {
    name: 'ScoresDegraded',
    severity: 'page',
    team: 'data',
    expr: increased('tidewatch_scores_degraded_total', '1h'),
    holds: '0m',
    summary: { en: 'The model gives figures that are not finite', zhCN: '模型输出非有限值' },
    description: {
      en: 'Scores were marked degraded and carry the last good figures; each input is kept as a dead letter. Always 0 in a sound system.',
      zhCN: '部分评分被标记为降级并沿用上次的有效数值；输入保存为死信。正常系统中恒为 0。',
    },
    check: ['`npm run tidewatch -- dlq list` shows the records and their code.', 'Was a model activated just now?'],
    fix: [
      'Put the model version before in force: `npm run tidewatch -- provision --model DIR`. Restart the scorer with it once `/readyz` says `start one with that model` and no more `let it run on` ([another model](../reference/scorer.md#another-model)).',
      'Report the feature that is not finite: it is a defect of its recipe or its scaling.',
    ],
    firing: {
      series: { 'tidewatch_scores_degraded_total{job="scorer",instance="h:8082"}': '0x10 3x30' },
      at: '20m',
      labels: { job: 'scorer' },
      value: '3',
    },
    silent: { series: { 'tidewatch_scores_degraded_total{job="scorer",instance="h:8082"}': '3x100' }, at: '90m' },
    tried: {
      test: faultTests.scorer,
      fault:
        'a model was put in force whose recipe has no value for customers with one purchase, then the version before',
    },
  },
  {
    name: 'StateWentBackwards',
    severity: 'page',
    team: 'platform',
    expr: increased('tidewatch_state_regressions_total', '1h'),
    holds: '0m',
    summary: { en: 'Redis held older states than were written', zhCN: 'Redis 中的状态比已写入的更旧' },
    description: {
      en: 'Redis forgot acknowledged writes, by a failover or a restart. The partitions are read again by themselves; scores stay right. Always 0 while Redis keeps what it acknowledged.',
      zhCN: 'Redis 因故障转移或重启丢失了已确认的写入。分区会自动重读，评分保持正确。Redis 正常时恒为 0。',
    },
    check: [
      'Log of Redis: restart, failover, `appendfsync`, a full disk.',
      'Lag of the events topic: the reading again shows there.',
    ],
    fix: [
      'Nothing for the scores. Loyalty states cannot tell: build them anew as docs/reference/loyalty.md says.',
      'Make it not happen again: `appendonly yes`, replicas with `min-replicas-to-write`, no eviction.',
    ],
    firing: {
      series: { 'tidewatch_state_regressions_total{job="scorer",instance="h:8082"}': '0x10 1x30' },
      at: '20m',
      labels: { job: 'scorer' },
      value: '1',
    },
    silent: { series: { 'tidewatch_state_regressions_total{job="scorer",instance="h:8082"}': '1x100' }, at: '90m' },
    tried: { test: faultTests.system, fault: 'the states of the run were deleted from Redis behind the scorer' },
  },
  {
    name: 'RiskLevelsDrift',
    severity: 'ticket',
    team: 'data',
    expr: [
      'abs(',
      '  sum(rate(tidewatch_scores_by_level_total{level=~"high|critical"}[1d])) / sum(rate(tidewatch_scores_by_level_total[1d]))',
      '  - sum(rate(tidewatch_scores_by_level_total{level=~"high|critical"}[1d] offset 1d)) / sum(rate(tidewatch_scores_by_level_total[1d] offset 1d))',
      ') > 0.1',
    ].join('\n'),
    holds: '1h',
    summary: { en: 'The share of customers at risk has moved', zhCN: '高风险评分占比发生漂移' },
    description: {
      en: 'The share of high and critical scores of the last day differs by {{ $value | humanizePercentage }} from the day before.',
      zhCN: '最近一天高/极高风险评分占比与前一天相差 {{ $value | humanizePercentage }}。',
    },
    check: [
      'Was a model activated, an import or a sweep of silent customers run, or a source switched off (quality dashboard)?',
      'The distribution of `tidewatch_churn_probability` on the model dashboard: did it shift as a whole?',
    ],
    fix: [
      'A source that is missing: bring it back.',
      'A business that has changed: train again (`npm run tidewatch -- train`) and compare by `backtest`.',
    ],
    sampledEvery: '15m',
    firing: {
      series: {
        'tidewatch_scores_by_level_total{job="scorer",level="none"}': '0+135x100 13505+75x100',
        'tidewatch_scores_by_level_total{job="scorer",level="high"}': '0+15x100 1505+75x100',
      },
      at: '2900m',
      labels: {},
      value: '38.74%',
    },
    silent: {
      series: {
        'tidewatch_scores_by_level_total{job="scorer",level="none"}': '0+135x200',
        'tidewatch_scores_by_level_total{job="scorer",level="high"}': '0+15x200',
      },
      at: '2900m',
    },
    tried: { notHere: 'it compares two days' },
  },
];
