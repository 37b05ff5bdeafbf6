import type { Level } from '../scoring/level.ts';
import type { Score } from '../scoring/score.ts';

export interface TaskText {
  readonly en: string;
  readonly zhCN: string;
}

const leads: Record<Level, TaskText> = {
  none: { en: 'The churn risk has passed', zhCN: '流失风险已解除' },
  watch: { en: 'The churn risk has eased to watch', zhCN: '流失风险降为关注' },
  high: { en: 'High churn risk', zhCN: '流失风险：高危' },
  critical: { en: 'Critical churn risk', zhCN: '流失风险：紧急' },
};

/** One sentence for the person who works on the task: level, probability of no purchase and the spend at stake. */
export function taskText(score: Score): TaskText {
  const lead = leads[score.level];
  const percent = (score.churn.p90 * 100).toFixed(0);
  const spend = score.expectedSpend90d;
  const money = spend === null ? null : `${spend.mean.toFixed(2)} ${spend.currency}`;
  const en = `${lead.en}: ${percent}% likely to buy nothing within 90 days`;
  const zhCN = `${lead.zhCN}，90 天内不再购买的概率为 ${percent}%`;
  return money === null
    ? { en: `${en}.`, zhCN: `${zhCN}。` }
    : { en: `${en}; expected spend ${money}.`, zhCN: `${zhCN}；预期消费 ${money}。` };
}
