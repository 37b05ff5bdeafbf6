import type { Digest } from '../ports/digest.ts';
import { levelRank } from '../scoring/level.ts';
import type { Score } from '../scoring/score.ts';
import type { RetentionTask, TaskStatus } from './retention-task.ts';
import { taskDeadlines } from './task-deadlines.ts';
import { taskId } from './task-id.ts';
import { taskPriority } from './task-priority.ts';
import { keptEpisodes, type TriggerState } from './task-state.ts';
import { taskText } from './task-text.ts';
import type { TaskTrigger } from './task-trigger.ts';
import { untouchedTask } from './untouched-task.ts';

/*
 * The life of a trigger for one customer.
 *
 *            level >= opensAt: open a task
 *   quiet ------------------------------------> running (episode n)
 *     ^                                            |  any level above none: the same task, updated when the level or
 *     |                                            |  the business day of its score changed
 *     +--------------------------------------------+
 *            level = none: the episode ends; a task that nobody has taken yet is retracted
 *
 * The level already has hysteresis, from the scorer; the episode adds a second one: high -> watch -> high stays in the
 * episode and so with its task, however often it wavers. What people did with the task (claimed, resolved …) does not end
 * the episode, so a resolved task is not opened again by the next score at the same risk.
 *
 * Historical scores run through a shadow of the same two states that opens nothing: it tells how many tasks the import
 * would have opened.
 */

export type TriggerDecision = 'opened' | 'updated' | 'retracted' | 'suppressed' | 'unchanged';

export interface TriggerStep {
  readonly state: TriggerState;
  readonly decision: TriggerDecision;
  /** The new version of the task, to be published; null where no task changed. */
  readonly snapshot: RetentionTask | null;
}

const finalStatuses: ReadonlySet<TaskStatus> = new Set(['resolved', 'expired', 'retracted']);

/** Takes one customer's trigger over one new score that is not degraded. */
export function advanceTrigger(trigger: TaskTrigger, state: TriggerState, score: Score, digest: Digest): TriggerStep {
  if (score.historical) return advanceShadow(trigger, state, score);
  if (!state.isRunning) return opensOn(trigger, score) ? open(trigger, state, score, digest) : unchanged(state);
  return score.level === 'none' ? endEpisode(trigger, state, score) : update(trigger, state, score);
}

function opensOn(trigger: TaskTrigger, score: Score): boolean {
  return levelRank(score.level) >= levelRank(trigger.opensAt);
}

function unchanged(state: TriggerState): TriggerStep {
  return { state, decision: 'unchanged', snapshot: null };
}

function advanceShadow(trigger: TaskTrigger, state: TriggerState, score: Score): TriggerStep {
  if (state.isShadowRunning && score.level === 'none') return unchanged({ ...state, isShadowRunning: false });
  if (state.isShadowRunning || !opensOn(trigger, score)) return unchanged(state);
  return { state: { ...state, isShadowRunning: true }, decision: 'suppressed', snapshot: null };
}

function open(trigger: TaskTrigger, state: TriggerState, score: Score, digest: Digest): TriggerStep {
  const { tenant, surrogate, customerRef } = score;
  const episode = state.episode + 1;
  const text = taskText(score);
  const snapshot: RetentionTask = {
    ...untouchedTask,
    taskId: taskId(digest, { tenant, surrogate, trigger: trigger.name, episode }),
    version: 1,
    tenant,
    surrogate,
    customerRef,
    trigger: trigger.name,
    playbook: trigger.playbook,
    episode,
    priority: taskPriority(score),
    status: 'open',
    owner: trigger.owner,
    createdAt: score.receivedAt,
    updatedAt: score.receivedAt,
    ...taskDeadlines(trigger, score.level, score.receivedAt, { respondBy: null, resolveBy: null }),
    score,
    textEn: text.en,
    textZhCN: text.zhCN,
    arm: 'treated',
    outcome: null,
    reasons: score.reasons,
  };
  const tasks = [...state.tasks, snapshot].slice(-keptEpisodes);
  return { state: { ...state, episode, isRunning: true, tasks }, decision: 'opened', snapshot };
}

function update(trigger: TaskTrigger, state: TriggerState, score: Score): TriggerStep {
  const task = state.tasks.at(-1);
  if (task === undefined || finalStatuses.has(task.status)) return unchanged(state);
  if (task.score.level === score.level && task.score.asOf === score.asOf) return unchanged(state);
  return replaceTask(state, nextVersion(trigger, task, score), 'updated');
}

function endEpisode(trigger: TaskTrigger, state: TriggerState, score: Score): TriggerStep {
  const ended = { ...state, isRunning: false };
  const task = state.tasks.at(-1);
  if (task?.status !== 'open') return unchanged(ended);
  return replaceTask(ended, { ...nextVersion(trigger, task, score), status: 'retracted' }, 'retracted');
}

function replaceTask(state: TriggerState, snapshot: RetentionTask, decision: TriggerDecision): TriggerStep {
  return { state: { ...state, tasks: [...state.tasks.slice(0, -1), snapshot] }, decision, snapshot };
}

function nextVersion(trigger: TaskTrigger, task: RetentionTask, score: Score): RetentionTask {
  const text = taskText(score);
  // Receipt times of one customer may step back a little between two ingest hosts; a task's own time does not.
  const updatedAt = Math.max(task.updatedAt, score.receivedAt);
  return {
    ...task,
    version: task.version + 1,
    customerRef: score.customerRef ?? task.customerRef,
    priority: taskPriority(score),
    updatedAt,
    ...taskDeadlines(trigger, score.level, updatedAt, task),
    score,
    textEn: text.en,
    textZhCN: text.zhCN,
    reasons: score.reasons !== null && score.reasons.length > 0 ? score.reasons : task.reasons,
  };
}
