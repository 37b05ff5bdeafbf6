import { board } from './board.ts';
import { panel, quantile, query, rateBy, series } from './panels.ts';

export const serviceQuality = board({
  name: 'service-quality',
  title: { en: 'Service quality', zhCN: '服务质量' },
  jobs: 'alerts',
  since: 'now-1d',
  panels: [
    panel({
      title: { en: 'Tasks by status', zhCN: '任务状态' },
      about: { en: 'Retention tasks that are open, claimed, done.', zhCN: '挽留任务的各状态数量。' },
      unit: 'short',
      queries: [query(`max by (status) (${series('tidewatch_tasks')})`, '{{status}}')],
    }),
    panel({
      title: { en: 'What happens to tasks', zhCN: '任务变化' },
      about: { en: 'Updates, ends, warnings, missed deadlines, escalations.', zhCN: '更新、结束、预警、超时与升级。' },
      unit: 'ops',
      queries: [query(rateBy('change', 'tidewatch_task_changes_total'), '{{change}}')],
    }),
    panel({
      title: { en: 'Not opened', zhCN: '未开启' },
      about: {
        en: 'Tasks that would have opened, by the reason they did not.',
        zhCN: '本应开启但未开启的任务及原因。',
      },
      unit: 'ops',
      queries: [query(rateBy('reason', 'tidewatch_tasks_suppressed_total'), '{{reason}}')],
    }),
    panel({
      title: { en: 'Clocks: how late', zhCN: '时钟延迟' },
      about: {
        en: 'How late what is due is taken up; no line while nothing is due.',
        zhCN: '到期事项的处理延迟；无到期事项时无曲线。',
      },
      unit: 's',
      queries: [query(quantile(0.99, 'job', 'tidewatch_due_lateness_seconds'), '99 %')],
    }),
    panel({
      title: { en: 'Customers with something due', zhCN: '有待办的客户' },
      about: { en: 'With whom something will be due.', zhCN: '将有事项到期的客户数。' },
      unit: 'short',
      queries: [query(`sum(${series('tidewatch_due_customers')})`, 'due')],
    }),
    panel({
      title: { en: 'Queues over capacity', zhCN: '超出容量的队列' },
      about: { en: 'Open tasks that find no place.', zhCN: '无处安放的未完成任务。' },
      unit: 'short',
      queries: [query(`max by (queue) (${series('tidewatch_queue_overflow')})`, '{{queue}}')],
    }),
    panel({
      title: { en: 'Cases, surveys and commands', zhCN: '工单、调查与命令' },
      about: { en: 'Inputs besides scores, by what became of them.', zhCN: '评分以外的输入及结果。' },
      unit: 'ops',
      queries: [query(rateBy('kind, result', 'tidewatch_task_inputs_total'), '{{kind}} {{result}}')],
    }),
    panel({
      title: { en: 'Deliveries', zhCN: '投递' },
      about: { en: 'Attempts by kind and result.', zhCN: '按类型与结果统计的投递。' },
      unit: 'ops',
      queries: [query(rateBy('kind, result', 'tidewatch_deliveries_total'), '{{kind}} {{result}}')],
    }),
    panel({
      title: { en: 'Oldest delivery', zhCN: '最早的待投递' },
      about: { en: 'Age of the oldest delivery that waits.', zhCN: '等待最久的投递。' },
      unit: 's',
      queries: [query(`max by (kind) (${series('tidewatch_deliveries_oldest_pending_seconds')})`, '{{kind}}')],
    }),
  ],
});
