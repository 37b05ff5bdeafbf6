import type { ServedPlaybook } from '../playbooks/served-playbook.ts';
import { newTask } from './open-task.ts';
import type { RetentionTask } from './retention-task.ts';
import { proceed } from './run-steps.ts';
import type { TaskDraft } from './task-draft.ts';
import { keptEpisodes } from './task-state.ts';
import { isFinal } from './task-status.ts';

const suffix = '.follow-up';

/** Opens the task that asks whether what was settled holds; it appears by itself, in a trigger of its own. */
export function openFollowUp(draft: TaskDraft, settled: RetentionTask): void {
  const playbook = draft.rules.playbooks.get(settled.playbook);
  const index = followUpOf(playbook, settled);
  if (playbook === undefined || index === null) return;
  const trigger = `${settled.trigger}${suffix}`;
  const open = draft.task(trigger);
  if (open !== undefined && !isFinal(open.status)) return;
  const reason = { cause: settled.taskId, considered: [] };
  draft.addTask(newTask(draft, playbook, { trigger, arm: 'treated', reason }), keptEpisodes);
  draft.decisions.push({ kind: 'opened', playbook: playbook.id });
  proceed(draft, { ...playbook, trigger }, index);
}

/** The follow-up that a playbook asks for once a task of it is settled; null where it asks for none. */
function followUpOf(playbook: ServedPlaybook | undefined, task: RetentionTask): number | null {
  if (playbook === undefined || task.step?.kind === 'follow-up') return null;
  const index = playbook.steps.findIndex((step, i) => step.do === 'follow-up' && i > (task.step?.index ?? -1));
  return index < 0 ? null : index;
}
