import type { ServedPlaybook } from '../playbooks/served-playbook.ts';
import { findMute } from './find-mute.ts';
import { isFor } from './is-for.ts';
import { auditWithheld } from './level-episode.ts';
import { openTask } from './open-task.ts';
import type { TaskDraft } from './task-draft.ts';

const keptCauses = 10;

/** Opens the task of a playbook that something asks for; where it has one already, that gets one more cause. */
export function startOnCause(draft: TaskDraft, playbook: ServedPlaybook, cause: string): void {
  if (!isFor(draft, playbook)) return;
  const mute = findMute(draft, playbook);
  if (mute === null) {
    openTask(draft, playbook, { cause, considered: [] });
    return;
  }
  if (mute.why !== 'running') {
    if (mute.why === 'refused' || mute.why === 'harms') auditWithheld(draft, playbook, mute, cause);
    else draft.decisions.push({ kind: 'suppressed', playbook: playbook.id, why: mute.why });
    return;
  }
  const task = draft.task(playbook.trigger);
  if (task === undefined) return;
  const causes = [...task.causes.filter((each) => each !== cause), cause].slice(-keptCauses);
  draft.patchTask(task, { causes }, { change: 'updated' });
  draft.decisions.push({ kind: 'updated', playbook: playbook.id });
}
