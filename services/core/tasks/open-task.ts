import type { ServedPlaybook } from '../playbooks/served-playbook.ts';
import { type Arm, assignArm } from '../uplift/assign-arm.ts';
import { segmentOf } from './find-mute.ts';
import { taskPriority } from './playbook-worth.ts';
import { measuredMs } from './playbook-run.ts';
import type { ConsideredPlaybook, RetentionTask } from './retention-task.ts';
import { proceed } from './run-steps.ts';
import { deadlinesFrom, noDeadlines } from './set-deadlines.ts';
import type { TaskDraft } from './task-draft.ts';
import { taskId } from './task-id.ts';
import { keptEpisodes } from './task-state.ts';
import { unscored } from './unscored.ts';
import { untouchedTask } from './untouched-task.ts';

export interface OpeningReason {
  /** Id of the event that asked for it; null where the customer's standing did. */
  readonly cause: string | null;
  readonly considered: readonly ConsideredPlaybook[];
}

/**
 * Opens the task of a new episode and follows its playbook until it waits for somebody or something. A customer of the
 * holdout gets the same task as a ghost: counted and measured, never acted on.
 */
export function openTask(draft: TaskDraft, playbook: ServedPlaybook, reason: OpeningReason): void {
  const { trigger, holdout } = playbook;
  const { tenant, surrogate } = draft.key;
  const arm = assignArm(draft.rules.digest, { tenant, playbook: playbook.id, surrogate }, holdout);
  const task = newTask(draft, playbook, { trigger, arm, reason });
  draft.addTask(task, keptEpisodes);
  const window = { taskId: task.taskId, until: draft.at + measuredMs, purchases: 0, revenueMinor: 0 };
  const windows = [...draft.trigger(trigger).windows, window];
  const kept = new Set(draft.trigger(trigger).tasks.map((each) => each.taskId));
  draft.setTrigger(trigger, { windows: windows.filter((each) => kept.has(each.taskId)) });
  draft.decisions.push({ kind: 'opened', playbook: playbook.id });
  proceed(draft, playbook, 0);
}

interface NewTaskParts {
  readonly trigger: string;
  readonly arm: Arm;
  readonly reason: OpeningReason;
}

/** The first snapshot of the next episode of a trigger; the episode is counted and its run begun. */
export function newTask(
  draft: TaskDraft,
  playbook: ServedPlaybook,
  { trigger, arm, reason }: NewTaskParts,
): RetentionTask {
  const { at, key, rules, state } = draft;
  const episode = draft.trigger(trigger).episode + 1;
  const score = state.score ?? unscored(key, state.facts.customerRef, at);
  const queue = playbook.ownerByTier.get(score.tier ?? '') ?? playbook.owner;
  const { respondBy, resolveBy, ...warn } = deadlinesFrom(playbook, score.level, at, noDeadlines);
  const run = { playbook: playbook.id, startedAt: at, wakeAt: null, ...warn, paused: null };
  draft.setTrigger(trigger, { episode, isRunning: true, lastOpenedAt: at, cooldownUntil: null, run });
  return {
    ...untouchedTask,
    taskId: taskId(rules.digest, { ...key, trigger, episode }),
    version: 1,
    ...key,
    customerRef: score.customerRef ?? state.facts.customerRef,
    trigger,
    playbook: playbook.id,
    episode,
    priority: taskPriority(playbook, score),
    status: 'open',
    owner: queue,
    createdAt: at,
    updatedAt: at,
    respondBy,
    resolveBy,
    score,
    arm,
    outcome: null,
    reasons: score.reasons,
    queue,
    segment: segmentOf(score),
    causes: reason.cause === null ? [] : [reason.cause],
    considered: reason.considered,
    change: 'opened',
    ...ofPlaybook(playbook, rules.version),
  };
}

function ofPlaybook({ label, offer, holdout }: ServedPlaybook, playbookVersion: string) {
  return { textEn: label.en, textZhCN: label.zhCN, offer, holdoutShare: holdout, playbookVersion };
}
