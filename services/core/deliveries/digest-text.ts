import type { BilingualText } from '../reasons/bilingual-text.ts';
import type { RetentionTask } from '../tasks/retention-task.ts';
import type { EpochMs } from '../units.ts';
import type { MessageTemplate } from './render-message.ts';

/** A queue as its daily digest tells it. */
export interface DigestFacts {
  readonly queue: string;
  readonly shop: BilingualText;
  /** `YYYY-MM-DD` of the tenant's day. */
  readonly day: string;
  readonly now: EpochMs;
  /** Those of the queue that are open, claimed or answered. */
  readonly tasks: readonly RetentionTask[];
}

const shown = 10;

/** The digest of a queue, ready to be rendered without variables: how many wait, how many are late, which come first. */
export function digestTemplate(facts: DigestFacts): MessageTemplate {
  const { tasks, now, queue, day, shop } = facts;
  const overdue = tasks.filter((task) => isOverdue(task, now)).length;
  const best = tasks.toSorted(byPriority).slice(0, shown);
  const en = {
    subject: `${shop.en}: ${tasks.length} tasks in ${queue}, ${overdue} overdue (${day})`,
    head: `Open tasks of the queue ${queue}: ${tasks.length}. Overdue: ${overdue}.`,
    list: best.map((task, i) => `${i + 1}. ${nameOf(task)}: ${task.textEn}${dueText(task, 'by')}`),
  };
  const zhCN = {
    subject: `${shop.zhCN}：${queue} 队列 ${tasks.length} 项任务，${overdue} 项逾期（${day}）`,
    head: `${queue} 队列的待办任务：${tasks.length} 项。已逾期：${overdue} 项。`,
    list: best.map((task, i) => `${i + 1}. ${nameOf(task)}：${task.textZhCN}${dueText(task, '截止')}`),
  };
  return { en: wording(en), zhCN: wording(zhCN) };
}

function isOverdue({ status, respondBy, resolveBy }: RetentionTask, now: EpochMs): boolean {
  const deadline = status === 'responded' ? resolveBy : (respondBy ?? resolveBy);
  return deadline !== null && deadline < now;
}

function byPriority(one: RetentionTask, other: RetentionTask): number {
  return other.priority - one.priority || (one.taskId < other.taskId ? -1 : 1);
}

function nameOf({ customerRef, surrogate }: RetentionTask): string {
  return customerRef ?? `~${surrogate}`;
}

function dueText({ respondBy }: RetentionTask, word: string): string {
  return respondBy === null ? '' : ` (${word} ${new Date(respondBy).toISOString().slice(0, 16).replace('T', ' ')} UTC)`;
}

function wording({ subject, head, list }: { subject: string; head: string; list: readonly string[] }) {
  // What customers are called must not pass for a variable.
  const plain = (text: string): string => text.replaceAll('{{', '{ {');
  return { subject: plain(subject), text: plain([head, '', ...list].join('\n')), html: '' };
}
