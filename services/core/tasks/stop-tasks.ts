import { endTask } from './end-task.ts';
import type { TaskDraft } from './task-draft.ts';
import { isFinal } from './task-status.ts';

/** Withdraws the tasks whose playbooks name what happened in `stop.on`. */
export function stopTasks(draft: TaskDraft, type: string): void {
  for (const { trigger } of draft.state.triggers) {
    const task = draft.task(trigger);
    if (task === undefined || isFinal(task.status)) continue;
    if (draft.rules.playbooks.get(task.playbook)?.stopOn.has(type) !== true) continue;
    const result = type === 'order.placed' ? 'purchased' : 'stopped';
    endTask(draft, task, { status: 'retracted', result, reason: null, change: `stopped-by-${type}` });
  }
}
