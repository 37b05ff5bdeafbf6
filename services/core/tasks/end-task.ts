import { churnRisk } from '../playbooks/served-playbook.ts';
import type { RetentionTask } from './retention-task.ts';
import type { TaskDraft } from './task-draft.ts';

export interface TaskEnd {
  readonly status: 'resolved' | 'expired' | 'retracted';
  /** Null where nothing came of it. */
  readonly result: string | null;
  readonly reason: string | null;
  readonly change: string;
  readonly by?: string | null;
  /** What else the last version tells. */
  readonly patch?: Partial<RetentionTask>;
}

/**
 * Ends a task. The customer is then left alone by its trigger for the cooldown of the playbook, unless the task was withdrawn
 * before anybody did anything with it. On a level the episode goes on until the level is `none`.
 */
export function endTask(draft: TaskDraft, task: RetentionTask, end: TaskEnd): void {
  const { at } = draft;
  const { trigger } = task;
  const isUntouched = task.status === 'open' && task.contacts.length === 0 && end.status === 'retracted';
  const isLeftAlone = !isUntouched || end.result === 'purchased';
  const cooldownMs = draft.rules.playbooks.get(task.playbook)?.cooldownMs ?? 0;
  draft.patchTask(
    task,
    {
      ...end.patch,
      status: end.status,
      outcome: end.result === null ? task.outcome : { result: end.result, reason: end.reason, at },
      resolvedAt: end.status === 'resolved' ? at : task.resolvedAt,
      endedAt: end.status === 'resolved' ? null : at,
      snoozedUntil: null,
      claimedUntil: null,
    },
    { change: end.change, by: end.by },
  );
  draft.setTrigger(trigger, {
    run: null,
    endedAt: at,
    cooldownUntil: isLeftAlone ? at + cooldownMs : null,
    ...(trigger === churnRisk ? {} : { isRunning: false }),
  });
  draft.decisions.push({ kind: 'ended', playbook: task.playbook });
}
