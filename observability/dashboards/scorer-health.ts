import { board } from './board.ts';
import { panel, quantile, query, rate, rateBy, series } from './panels.ts';

export const scorerHealth = board({
  name: 'scorer-health',
  title: { en: 'Scorer', zhCN: '评分' },
  jobs: 'scorer',
  since: 'now-6h',
  panels: [
    panel({
      title: { en: 'Scores by cause', zhCN: '评分触发原因' },
      about: { en: 'What made scores change.', zhCN: '评分变化的原因。' },
      unit: 'ops',
      queries: [query(rateBy('cause', 'tidewatch_scores_total'), '{{cause}}')],
    }),
    panel({
      title: { en: 'Records by result', zhCN: '记录处理结果' },
      about: { en: 'What became of the records of the log.', zhCN: '日志记录的处理结果。' },
      unit: 'ops',
      queries: [query(rateBy('result', 'tidewatch_records_total'), '{{result}}')],
    }),
    panel({
      title: { en: 'Freshness', zhCN: '新鲜度' },
      about: { en: 'From the receipt of a live event to its score.', zhCN: '从收到事件到评分。' },
      unit: 's',
      queries: [
        query(quantile(0.5, 'job', 'tidewatch_score_freshness_seconds'), '50 %'),
        query(quantile(0.99, 'job', 'tidewatch_score_freshness_seconds'), '99 %'),
      ],
    }),
    panel({
      title: { en: 'Lag by partition', zhCN: '分区积压' },
      about: { en: 'One partition alone: a customer with many events.', zhCN: '单个分区积压：存在事件很多的客户。' },
      unit: 'short',
      queries: [query(`max by (partition) (${series('tidewatch_partition_lag')})`, '{{partition}}')],
    }),
    panel({
      title: { en: 'State went backwards', zhCN: '状态回退' },
      about: { en: 'Always 0 while Redis keeps what it acknowledged.', zhCN: 'Redis 正常时恒为 0。' },
      unit: 'short',
      queries: [query(`sum(${rate('tidewatch_state_regressions_total')})`, 'regressions')],
      isStat: true,
    }),
    panel({
      title: { en: 'Segment changes', zhCN: '分群变化' },
      about: { en: 'Changes of tier or stage published.', zhCN: '已发布的等级或阶段变化。' },
      unit: 'ops',
      queries: [query(rateBy('job', 'tidewatch_segment_changes_total'), 'changes')],
    }),
  ],
});
