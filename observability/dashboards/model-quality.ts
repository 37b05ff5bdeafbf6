import { board } from './board.ts';
import { panel, quantile, query, rate, series } from './panels.ts';

export const modelQuality = board({
  name: 'model-quality',
  title: { en: 'Model quality and drift', zhCN: '模型质量与漂移' },
  jobs: 'scorer|alerts',
  since: 'now-2d',
  panels: [
    panel({
      title: { en: 'Scores by risk level', zhCN: '风险等级' },
      about: { en: 'Share of each level: it should move slowly.', zhCN: '各等级占比，应缓慢变化。' },
      unit: 'percentunit',
      queries: [
        query(
          `sum by (level) (${rate('tidewatch_scores_by_level_total')}) / ignoring (level) group_left () sum(${rate('tidewatch_scores_by_level_total')})`,
          '{{level}}',
        ),
      ],
      width: 12,
    }),
    panel({
      title: { en: 'Drift of the risk share', zhCN: '高风险占比漂移' },
      about: {
        en: 'Share of high and critical scores now, less that of a day ago.',
        zhCN: '当前高风险占比与一天前之差。',
      },
      unit: 'percentunit',
      queries: [
        query(
          `sum(${rate('tidewatch_scores_by_level_total', 'level=~"high|critical"')}) / sum(${rate('tidewatch_scores_by_level_total')}) - sum(rate(${series('tidewatch_scores_by_level_total', 'level=~"high|critical"')}[$__rate_interval] offset 1d)) / sum(rate(${series('tidewatch_scores_by_level_total')}[$__rate_interval] offset 1d))`,
          'drift',
        ),
      ],
      width: 12,
    }),
    panel({
      title: { en: 'Churn probability', zhCN: '流失概率分布' },
      about: {
        en: 'Quantiles of the predicted probability of no purchase within 90 days.',
        zhCN: '90 天不购买预测概率的分位数。',
      },
      unit: 'percentunit',
      queries: [
        query(quantile(0.1, 'job', 'tidewatch_churn_probability'), '10 %'),
        query(quantile(0.5, 'job', 'tidewatch_churn_probability'), '50 %'),
        query(quantile(0.9, 'job', 'tidewatch_churn_probability'), '90 %'),
      ],
    }),
    panel({
      title: { en: 'Mean churn probability', zhCN: '平均流失概率' },
      about: {
        en: 'A jump after an activation is the new model, otherwise the business or a source.',
        zhCN: '激活后跳变来自新模型，否则来自业务或数据源。',
      },
      unit: 'percentunit',
      queries: [
        query(
          `sum(${rate('tidewatch_churn_probability_sum')}) / sum(${rate('tidewatch_churn_probability_count')})`,
          'mean',
        ),
      ],
    }),
    panel({
      title: { en: 'Degraded scores', zhCN: '降级评分' },
      about: {
        en: 'Scores whose inputs or outputs were not finite; always 0.',
        zhCN: '输入或输出非有限值的评分，恒为 0。',
      },
      unit: 'ops',
      queries: [query(`sum(${rate('tidewatch_scores_degraded_total')})`, 'degraded')],
      isStat: true,
    }),
  ],
});
