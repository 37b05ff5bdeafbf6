import { churnRisk } from '../playbooks/served-playbook.ts';
import { levelRank } from '../scoring/level.ts';
import type { Score } from '../scoring/score.ts';
import { moveLevel, moveShadow, scorePatch } from './level-episode.ts';
import { placeInCases } from './take-service.ts';
import type { TaskDraft } from './task-draft.ts';
import { isFinal } from './task-status.ts';

/**
 * Takes a customer's tasks over a score that is trustworthy and newer than all before. Whether it opens a task is decided
 * after it, from what is then known.
 */
export function applyScore(draft: TaskDraft, score: Score): void {
  draft.set({ seenVersion: score.stateVersion });
  if (score.historical) {
    moveShadow(draft, score);
    return;
  }
  const { liveLevel, facts } = draft.state;
  draft.set({ liveLevel: score.level, score });
  if (score.customerRef !== facts.customerRef) draft.learn({ customerRef: score.customerRef ?? facts.customerRef });
  placeInCases(draft, score);
  moveLevel(draft, score);
  fillUnscored(draft, score);
  if (levelRank(score.level) > levelRank(liveLevel ?? 'none')) countCooldown(draft);
}

/** Tasks that were opened before the customer had any score get their first one. */
function fillUnscored(draft: TaskDraft, score: Score): void {
  for (const { trigger } of draft.state.triggers) {
    const task = draft.task(trigger);
    if (task === undefined || task.score.scoreId !== '' || isFinal(task.status)) continue;
    draft.patchTask(task, scorePatch(draft, task, score), { change: 'updated' });
  }
}

/** A rise that the cooldown keeps from opening a task is told once. */
function countCooldown(draft: TaskDraft): void {
  const { run, isRunning, cooldownUntil } = draft.trigger(churnRisk);
  if (run !== null || isRunning || cooldownUntil === null || cooldownUntil <= draft.at) return;
  const [playbook] = draft.rules.onLevel;
  if (playbook !== undefined) draft.decisions.push({ kind: 'suppressed', playbook: playbook.id, why: 'cooldown' });
}
