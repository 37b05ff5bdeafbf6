import { board } from './board.ts';
import { panel, query, rate, rateBy, series } from './panels.ts';

export const retention = board({
  name: 'retention',
  title: { en: 'Retention funnel and uplift', zhCN: '挽留漏斗与增量效果' },
  jobs: 'scorer|alerts',
  since: 'now-7d',
  panels: [
    panel({
      title: { en: 'Funnel', zhCN: '漏斗' },
      about: {
        en: 'Scores of high or critical risk, tasks opened, tasks answered or ended: from signal to action.',
        zhCN: '高风险评分、开启任务、结束任务：从信号到行动。',
      },
      unit: 'ops',
      queries: [
        query(`sum(${rate('tidewatch_risk_level_total', 'level=~"high|critical"')})`, 'at risk'),
        query(`sum(${rate('tidewatch_tasks_opened_total')})`, 'opened'),
        query(`sum(${rate('tidewatch_task_changes_total', 'change="ended"')})`, 'ended'),
      ],
      width: 12,
    }),
    panel({
      title: { en: 'Tasks now', zhCN: '当前任务' },
      about: { en: 'By status.', zhCN: '按状态。' },
      unit: 'short',
      queries: [query(`max by (status) (${series('tidewatch_tasks')})`, '{{status}}')],
      isStat: true,
      width: 12,
    }),
    panel({
      title: { en: 'Uplift on churn', zhCN: '流失增量' },
      about: {
        en: 'Treated less held-out customers; below 0 is good. Bounds hold however often one looks.',
        zhCN: '处理组减对照组，低于 0 为好；区间对任意次查看有效。',
      },
      unit: 'percentunit',
      queries: [
        query(
          `max by (playbook, bound) (${series('tidewatch_uplift_effect', 'outcome="churn"')})`,
          '{{playbook}} {{bound}}',
        ),
      ],
      width: 12,
    }),
    panel({
      title: { en: 'Uplift on repurchase', zhCN: '复购增量' },
      about: { en: 'Treated less held-out customers; above 0 is good.', zhCN: '处理组减对照组，高于 0 为好。' },
      unit: 'percentunit',
      queries: [
        query(
          `max by (playbook, bound) (${series('tidewatch_uplift_effect', 'outcome="repurchase"')})`,
          '{{playbook}} {{bound}}',
        ),
      ],
      width: 12,
    }),
    panel({
      title: { en: 'Arms not as drawn', zhCN: '分组异常' },
      about: { en: 'Playbooks whose effect cannot be trusted.', zhCN: '效果不可信的剧本。' },
      unit: 'short',
      queries: [query(`max by (playbook) (${series('tidewatch_uplift_sample_ratio_mismatch')})`, '{{playbook}}')],
    }),
    panel({
      title: { en: 'Levels of members', zhCN: '会员等级变化' },
      about: { en: 'Changes of level by direction.', zhCN: '按方向统计的等级变化。' },
      unit: 'ops',
      queries: [query(rateBy('direction', 'tidewatch_member_level_changes_total'), '{{direction}}')],
    }),
  ],
});
