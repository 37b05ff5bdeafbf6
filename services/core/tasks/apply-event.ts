import { readRating, readSurveyScore, type SurveyScore } from '../features/signals/read-score.ts';
import type { CustomerRecord } from '../events/customer-record.ts';
import type { ServedPlaybook } from '../playbooks/served-playbook.ts';
import { learnFromEvent } from './learn-from-event.ts';
import { startOnCause } from './start-on-cause.ts';
import { stopTasks } from './stop-tasks.ts';
import { takeServiceEvent } from './take-service.ts';
import type { TaskDraft } from './task-draft.ts';

/** Takes a customer's tasks over an event: what it tells, what it ends, what it starts. */
export function applyEvent(draft: TaskDraft, event: CustomerRecord): void {
  learnFromEvent(draft, event);
  takeServiceEvent(draft, event);
  if (event.historical) return;
  stopTasks(draft, event.type);
  for (const playbook of draft.rules.onEvent.get(event.type) ?? []) {
    if (isAskedBy(playbook, event)) startOnCause(draft, playbook, event.eventId);
  }
}

function isAskedBy({ on }: ServedPlaybook, event: CustomerRecord): boolean {
  if (on.on !== 'low-score') return true;
  const score = event.type === 'review.posted' ? readRating(event) : readSurveyScore(event);
  return score !== null && isLow(score, on);
}

/** Satisfaction comes in per cent, whatever scale it was asked on; playbooks name it on 1 to 5. */
function isLow({ kind, points }: SurveyScore, low: { csat_at_most: number; nps_at_most: number }): boolean {
  return kind === 'nps' ? points <= low.nps_at_most : points <= ((low.csat_at_most - 1) / 4) * 100;
}
