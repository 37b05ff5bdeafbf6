import { faultTests, type AlertRule } from './alert-rule.ts';
import { increased } from './increased.ts';

/** `increase` drops names, so that one selector over all of them would give one series twice. */
const unreadable = ['scores', 'task_inputs', 'deliveries', 'uplift_tasks', 'loyalty']
  .map((what) => increased(`tidewatch_${what}_unreadable_total`, '1h'))
  .join(' or ');

/** Whether tasks open, are worked on in time, and measure what they change. */
export const taskAlerts: readonly AlertRule[] = [
  {
    name: 'RecordsUnreadable',
    severity: 'page',
    team: 'platform',
    expr: unreadable,
    holds: '0m',
    summary: { en: '{{ $labels.job }} meets records it cannot read', zhCN: '{{ $labels.job }} 遇到无法读取的记录' },
    description: {
      en: 'Records of our own topics could not be decoded; all but events are kept as dead letters. Always 0 while only Tidewatch writes them.',
      zhCN: '无法解码自有主题中的记录；除事件外均保存为死信。只有 Tidewatch 写入时恒为 0。',
    },
    check: [
      'The log names code, topic, partition and offset of the first record of each code.',
      'Does something else write to the topic? Was a schema version taken back?',
    ],
    fix: ['Stop the foreign writer, or bring back the schema; then replay the dead letters.'],
    firing: {
      series: { 'tidewatch_scores_unreadable_total{job="alerts",instance="h:8083"}': '0x10 2x30' },
      at: '20m',
      labels: { job: 'alerts' },
      value: '2',
    },
    silent: { series: { 'tidewatch_scores_unreadable_total{job="alerts",instance="h:8083"}': '2x100' }, at: '90m' },
    tried: { test: faultTests.system, fault: 'a record that is no score was written to the scores topic' },
  },
  {
    name: 'DeadlinesMissed',
    severity: 'ticket',
    team: 'care',
    expr: 'sum(increase(tidewatch_task_changes_total{change="breached"}[1h])) > 10',
    holds: '0m',
    summary: { en: 'Retention tasks miss their deadlines', zhCN: '挽留任务超时' },
    description: {
      en: '{{ $value | humanize }} deadlines of tasks passed within the last hour without an answer or an end.',
      zhCN: '最近一小时内有 {{ $value | humanize }} 个任务期限已过而未响应或完成。',
    },
    check: [
      '`GET /v1/queues` and `GET /v1/tasks?sort=…`: which queue, which owner?',
      'Do more tasks open than people can take (QueueOverflow)?',
    ],
    fix: [
      'Give the queue more people or a smaller share of customers (`playbooks/default.yaml`); escalations go out by themselves.',
    ],
    firing: {
      series: { 'tidewatch_task_changes_total{job="alerts",change="breached"}': '0+1x90' },
      at: '80m',
      labels: {},
      value: '60',
    },
    silent: { series: { 'tidewatch_task_changes_total{job="alerts",change="breached"}': '0+0.1x90' }, at: '80m' },
    tried: {
      notHere:
        'deadlines of the playbooks are hours, and their counting is tried in test/integration/alerts/timers.test.ts',
    },
  },
  {
    name: 'TimersLate',
    severity: 'ticket',
    team: 'platform',
    expr: 'histogram_quantile(0.99, sum by (job, le) (rate(tidewatch_due_lateness_seconds_bucket[10m]))) > 60',
    holds: '10m',
    summary: { en: 'What is due is taken up late', zhCN: '到期事项处理延迟' },
    description: {
      en: 'Deadlines, waits and escalations are taken up {{ $value | humanizeDuration }} after their time.',
      zhCN: '期限、等待与升级在到期后 {{ $value | humanizeDuration }} 才被处理。',
    },
    check: [
      'Was alerts away? Then they are worked off in the order of their times.',
      'Lag of its partitions: timers wait behind chunks.',
    ],
    fix: ['As for PartitionLagGrows, with alerts.'],
    firing: {
      series: {
        'tidewatch_due_lateness_seconds_bucket{job="alerts",le="60"}': '0+1x40',
        'tidewatch_due_lateness_seconds_bucket{job="alerts",le="300"}': '0+100x40',
        'tidewatch_due_lateness_seconds_bucket{job="alerts",le="+Inf"}': '0+100x40',
      },
      at: '30m',
      labels: { job: 'alerts' },
      value: '4m 57s',
    },
    silent: {
      series: {
        'tidewatch_due_lateness_seconds_bucket{job="alerts",le="60"}': '0+100x40',
        'tidewatch_due_lateness_seconds_bucket{job="alerts",le="+Inf"}': '0+100x40',
      },
      at: '30m',
    },
    tried: { notHere: 'nothing is due within the minutes of the test' },
  },
  {
    name: 'QueueOverflow',
    severity: 'ticket',
    team: 'care',
    expr: 'max by (queue) (tidewatch_queue_overflow) > 0',
    holds: '30m',
    summary: { en: 'Queue {{ $labels.queue }} is over its capacity', zhCN: '队列 {{ $labels.queue }} 超出容量' },
    description: {
      en: '{{ $value | humanize }} open tasks find no place; those worth least wait.',
      zhCN: '{{ $value | humanize }} 个未完成任务没有位置；价值最低的任务在等待。',
    },
    check: ['`GET /v1/queues`: waiting, overdue and capacity of the queue.'],
    fix: ['More people, a higher capacity in the playbooks, or stricter conditions of the playbooks that fill it.'],
    firing: {
      series: { 'tidewatch_queue_overflow{job="alerts",instance="h:8083",queue="service"}': '0x5 12x60' },
      at: '50m',
      labels: { queue: 'service' },
      value: '12',
    },
    silent: {
      series: { 'tidewatch_queue_overflow{job="alerts",instance="h:8083",queue="service"}': '12x20 0x60' },
      at: '50m',
    },
    tried: {
      test: faultTests.tasks,
      fault: 'the capacity of a queue was set below the number of its tasks, and raised above it while alerts ran',
    },
  },
  {
    name: 'SampleRatioMismatch',
    severity: 'ticket',
    team: 'data',
    expr: 'max by (playbook) (tidewatch_uplift_sample_ratio_mismatch) == 1',
    holds: '15m',
    summary: {
      en: 'The arms of {{ $labels.playbook }} are not as drawn',
      zhCN: '{{ $labels.playbook }} 的分组比例异常',
    },
    description: {
      en: 'Treated and held-out customers differ in number from the shares of the playbook by more than chance: no effect of it can be trusted.',
      zhCN: '处理组与对照组人数与设定比例之差超出随机范围：其效果数据不可信。',
    },
    check: [
      'Was the share changed while it ran? Does something open tasks for one arm only (an import of tasks, a stop rule)?',
    ],
    fix: ['Find what removes customers from one arm; begin a new version of the playbook, whose arms are drawn anew.'],
    firing: {
      series: { 'tidewatch_uplift_sample_ratio_mismatch{job="alerts",playbook="h1"}': '1x40' },
      at: '20m',
      labels: { playbook: 'h1' },
      value: '1',
    },
    silent: { series: { 'tidewatch_uplift_sample_ratio_mismatch{job="alerts",playbook="h1"}': '0x40' }, at: '20m' },
    tried: {
      notHere:
        'it takes thousands of measured tasks; test/integration/alerts/effects.test.ts makes them and sees the flag',
    },
  },
  {
    name: 'PlaybookDrivesAway',
    severity: 'ticket',
    team: 'care',
    expr: 'max by (playbook) (tidewatch_uplift_effect{outcome="churn",bound="always_low"}) > 0',
    holds: '1h',
    summary: {
      en: 'Playbook {{ $labels.playbook }} drives customers away',
      zhCN: '剧本 {{ $labels.playbook }} 加剧流失',
    },
    description: {
      en: 'Customers it treats leave more often than those held out, by at least {{ $value | humanizePercentage }}, however often one looks.',
      zhCN: '被处理客户的流失率高于对照组，至少高 {{ $value | humanizePercentage }}（任意多次查看均有效）。',
    },
    check: ['`npm run tidewatch -- uplift report` by segment: all of them, or some?'],
    fix: [
      'Switch the playbook off, or leave the segments out that it harms; what alerts knows to harm it withholds by itself.',
    ],
    firing: {
      series: { 'tidewatch_uplift_effect{job="alerts",playbook="h1",outcome="churn",bound="always_low"}': '0.02x90' },
      at: '70m',
      labels: { playbook: 'h1' },
      value: '2%',
    },
    silent: {
      series: { 'tidewatch_uplift_effect{job="alerts",playbook="h1",outcome="churn",bound="always_low"}': '-0.02x90' },
      at: '70m',
    },
    tried: { notHere: 'it takes thousands of measured tasks' },
  },
  {
    name: 'DeliveriesFail',
    severity: 'ticket',
    team: 'care',
    expr: 'sum by (kind) (rate(tidewatch_deliveries_total{result=~"failed|dead"}[10m])) / sum by (kind) (rate(tidewatch_deliveries_total{result=~"failed|dead|sent"}[10m])) > 0.2',
    holds: '10m',
    summary: { en: 'Deliveries fail ({{ $labels.kind }})', zhCN: '投递失败（{{ $labels.kind }}）' },
    description: {
      en: '{{ $value | humanizePercentage }} of the attempts fail. They are tried again with growing pauses, then given up and kept.',
      zhCN: '{{ $value | humanizePercentage }} 的尝试失败。系统会逐步延长间隔重试，最终放弃并保留。',
    },
    check: ['`GET /v1/deliveries` names target and reason; the log has one line for each receiver and reason.'],
    fix: [
      'Mend the receiver or its address in the delivery file; then replay what was given up (docs/reference/delivery.md).',
    ],
    firing: {
      series: {
        'tidewatch_deliveries_total{job="alerts",kind="webhook",result="sent"}': '0+1x40',
        'tidewatch_deliveries_total{job="alerts",kind="webhook",result="failed"}': '0+3x40',
      },
      at: '30m',
      labels: { kind: 'webhook' },
      value: '75%',
    },
    silent: {
      series: {
        'tidewatch_deliveries_total{job="alerts",kind="webhook",result="sent"}': '0+30x40',
        'tidewatch_deliveries_total{job="alerts",kind="webhook",result="failed"}': '0+1x40',
      },
      at: '30m',
    },
    tried: { test: faultTests.tasks, fault: 'the receiver of a webhook answered 500, and 200 again' },
  },
  {
    name: 'DeliveriesWait',
    severity: 'ticket',
    team: 'care',
    expr: 'max by (kind) (tidewatch_deliveries_oldest_pending_seconds) > 3600',
    holds: '10m',
    summary: { en: 'Deliveries wait for long ({{ $labels.kind }})', zhCN: '投递长时间等待（{{ $labels.kind }}）' },
    description: {
      en: 'The oldest one has been waiting for {{ $value | humanizeDuration }}: its receiver hangs or fails, or quiet hours hold it back.',
      zhCN: '最早的一条已等待 {{ $value | humanizeDuration }}：接收方挂起或失败，或处于免打扰时段。',
    },
    check: [
      'Messages wait for the morning by rule. For others: DeliveriesFail, and the age by target in `GET /v1/deliveries`.',
    ],
    fix: ['As for DeliveriesFail.'],
    firing: {
      series: { 'tidewatch_deliveries_oldest_pending_seconds{job="alerts",kind="webhook"}': '0+60x100' },
      at: '80m',
      labels: { kind: 'webhook' },
      value: '1h 20m 0s',
    },
    silent: {
      series: { 'tidewatch_deliveries_oldest_pending_seconds{job="alerts",kind="webhook"}': '0+10x100' },
      at: '80m',
    },
    tried: { notHere: 'it waits for an hour' },
  },
  {
    name: 'DeliveriesGivenUp',
    severity: 'ticket',
    team: 'care',
    expr: 'sum by (kind) (increase(tidewatch_deliveries_total{result="dead"}[1h])) > 0',
    holds: '0m',
    summary: { en: 'Deliveries were given up ({{ $labels.kind }})', zhCN: '投递被放弃（{{ $labels.kind }}）' },
    description: {
      en: '{{ $value | humanize }} deliveries of the last hour will not be tried again by themselves.',
      zhCN: '最近一小时有 {{ $value | humanize }} 条投递不再自动重试。',
    },
    check: [
      '`GET /v1/deliveries?state=dead` names target and reason: a receiver that refuses (4xx), a channel that is not set up, or too many attempts.',
    ],
    fix: ['Mend what the reason names, then replay them (docs/reference/delivery.md).'],
    firing: {
      series: { 'tidewatch_deliveries_total{job="alerts",kind="message",result="dead"}': '0x10 4x60' },
      at: '50m',
      labels: { kind: 'message' },
      value: '4',
    },
    silent: { series: { 'tidewatch_deliveries_total{job="alerts",kind="message",result="dead"}': '4x90' }, at: '80m' },
    tried: {
      test: faultTests.tasks,
      fault: 'the receiver of a webhook answered 410; then it took calls again, and all that was given up was replayed',
    },
  },
  {
    name: 'ConfigurationRefused',
    severity: 'ticket',
    team: 'platform',
    expr: [
      increased('tidewatch_playbook_reloads_total', '1h', 'result="refused"'),
      increased('tidewatch_ingest_plan_reloads_total', '1h', 'result="refused"'),
      increased('tidewatch_installation_changes_total', '1h', 'result="refused"'),
      increased('tidewatch_ingest_installation_changes_total', '1h', 'result="refused"'),
    ].join(' or '),
    holds: '0m',
    summary: { en: '{{ $labels.job }} refused a changed file', zhCN: '{{ $labels.job }} 拒绝了修改后的文件' },
    description: {
      en: 'A changed configuration file has mistakes; the one before stays in force until the file is mended.',
      zhCN: '修改后的配置文件有误；在修正之前沿用旧文件。',
    },
    check: [
      'The log entry names the file and each mistake with its place.',
      '`tidewatch playbook check`, `plan check`, `service check`, `loyalty check` find them beforehand.',
    ],
    fix: ['Mend the file; it is taken up within seconds.'],
    firing: {
      series: { 'tidewatch_playbook_reloads_total{job="alerts",result="refused"}': '0x10 1x60' },
      at: '30m',
      labels: { job: 'alerts' },
      value: '1',
    },
    silent: { series: { 'tidewatch_playbook_reloads_total{job="alerts",result="loaded"}': '0x10 1x60' }, at: '30m' },
    tried: {
      test: faultTests.tasks,
      fault: 'the playbooks were overwritten with some that cannot be used, and mended; these came into force',
    },
  },
];
