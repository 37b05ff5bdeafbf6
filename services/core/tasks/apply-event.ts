import { readRating, readSurveyScore, type SurveyScore } from '../features/signals/read-score.ts';
import type { CustomerRecord } from '../events/customer-record.ts';
import type { ServedPlaybook } from '../playbooks/served-playbook.ts';
import { endTask } from './end-task.ts';
import { findMute } from './find-mute.ts';
import { isComplaint, learnFromEvent } from './learn-from-event.ts';
import { auditWithheld } from './level-episode.ts';
import { openTask } from './open-task.ts';
import type { TaskDraft } from './task-draft.ts';
import { isFinal } from './task-status.ts';

const keptCauses = 10;

/** Takes a customer's tasks over an event: what it tells, what it ends, what it starts. */
export function applyEvent(draft: TaskDraft, event: CustomerRecord): void {
  learnFromEvent(draft, event);
  if (event.historical) return;
  stopTasks(draft, event);
  for (const playbook of draft.rules.onEvent.get(event.type) ?? []) {
    if (isAskedBy(playbook, event)) start(draft, playbook, event);
  }
}

function stopTasks(draft: TaskDraft, event: CustomerRecord): void {
  for (const { trigger } of draft.state.triggers) {
    const task = draft.task(trigger);
    if (task === undefined || isFinal(task.status)) continue;
    if (draft.rules.playbooks.get(task.playbook)?.stopOn.has(event.type) !== true) continue;
    const result = event.type === 'order.placed' ? 'purchased' : 'stopped';
    endTask(draft, task, { status: 'retracted', result, reason: null, change: `stopped-by-${event.type}` });
  }
}

function isAskedBy({ on }: ServedPlaybook, event: CustomerRecord): boolean {
  if (on.on === 'complaint') return isComplaint(event);
  if (on.on !== 'low-score') return true;
  const score = event.type === 'review.posted' ? readRating(event) : readSurveyScore(event);
  return score !== null && isLow(score, on);
}

/** Satisfaction comes in per cent, whatever scale it was asked on; playbooks name it on 1 to 5. */
function isLow({ kind, points }: SurveyScore, low: { csat_at_most: number; nps_at_most: number }): boolean {
  return kind === 'nps' ? points <= low.nps_at_most : points <= ((low.csat_at_most - 1) / 4) * 100;
}

function start(draft: TaskDraft, playbook: ServedPlaybook, event: CustomerRecord): void {
  const mute = findMute(draft, playbook);
  if (mute === null) {
    openTask(draft, playbook, { cause: event.eventId, considered: [] });
    return;
  }
  if (mute.why !== 'running') {
    if (mute.why === 'refused') auditWithheld(draft, playbook, mute, event.eventId);
    else draft.decisions.push({ kind: 'suppressed', playbook: playbook.id, why: mute.why });
    return;
  }
  const task = draft.task(playbook.trigger);
  if (task === undefined) return;
  const causes = [...task.causes.filter((each) => each !== event.eventId), event.eventId].slice(-keptCauses);
  draft.patchTask(task, { causes }, { change: 'updated' });
  draft.decisions.push({ kind: 'updated', playbook: playbook.id });
}
