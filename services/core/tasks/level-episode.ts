import { churnRisk, type ServedPlaybook } from '../playbooks/served-playbook.ts';
import { levelRank } from '../scoring/level.ts';
import type { Score } from '../scoring/score.ts';
import type { EpochMs } from '../units.ts';
import { endTask } from './end-task.ts';
import { findMute, type Mute, refusalOf } from './find-mute.ts';
import { isFor } from './is-for.ts';
import { openTask } from './open-task.ts';
import { hastenPaused } from './pause-task.ts';
import { playbookWorth, taskPriority } from './playbook-worth.ts';
import type { ConsideredPlaybook, RetentionTask } from './retention-task.ts';
import { deadlinesFrom } from './set-deadlines.ts';
import type { TaskDraft } from './task-draft.ts';
import { isFinal } from './task-status.ts';
import { taskText } from './task-text.ts';
import { unscored } from './unscored.ts';

/*
 * The life of the churn-risk trigger for one customer.
 *
 *            level >= at_least of a playbook: the best one opens its task
 *   quiet ------------------------------------> running (episode n)
 *     ^                                            |  any level above none: the same task, updated when the level or
 *     |                                            |  the business day of its score changed
 *     +--------------------------------------------+
 *            level = none: the episode ends; a task that nobody has touched yet is retracted
 *
 * The level already has hysteresis, from the scorer; the episode adds a second one: high -> watch -> high stays in the
 * episode and so with its task, however often it wavers. While the risk stays, the next episode begins only when the
 * cooldown after the task has passed.
 *
 * Historical scores run through a shadow of the same two states that opens nothing: it tells how many tasks the import
 * would have opened.
 */

/** Takes the trigger over a new score that is not degraded; opening is left to `openOnLevel`. */
export function moveLevel(draft: TaskDraft, score: Score): void {
  const task = draft.task(churnRisk);
  const { isRunning } = draft.trigger(churnRisk);
  if (score.level === 'none') {
    if (isRunning) draft.setTrigger(churnRisk, { isRunning: false });
    if (task?.status === 'open' && task.contacts.length === 0) retract(draft, task, score);
    return;
  }
  if (task !== undefined && !isFinal(task.status)) update(draft, task, score);
}

function retract(draft: TaskDraft, task: RetentionTask, score: Score): void {
  const text = taskText(score);
  const patch = { ...scorePatch(draft, task, score), textEn: text.en, textZhCN: text.zhCN };
  endTask(draft, task, { status: 'retracted', result: null, reason: null, change: 'risk-passed', patch });
}

function update(draft: TaskDraft, task: RetentionTask, score: Score): void {
  if (task.score.level === score.level && task.score.asOf === score.asOf) return;
  const playbook = draft.rules.playbooks.get(task.playbook);
  const { run } = draft.trigger(churnRisk);
  const text = taskText(score);
  const patch = {
    ...scorePatch(draft, task, score),
    textEn: withRisk(text.en, task.textEn, taskText(task.score).en),
    textZhCN: withRisk(text.zhCN, task.textZhCN, taskText(task.score).zhCN),
  };
  if (playbook === undefined || run === null) {
    draft.patchTask(task, patch, { change: 'updated' });
  } else {
    const { paused, respondWarnAt, resolveWarnAt } = run;
    const before = { respondBy: task.respondBy, resolveBy: task.resolveBy, respondWarnAt, resolveWarnAt };
    const { respondBy, resolveBy, ...rest } =
      paused === null
        ? deadlinesFrom(playbook, score.level, draft.at, before)
        : hastenPaused(playbook, { level: score.level, at: draft.at }, { ...before, paused });
    draft.setTrigger(churnRisk, { run: { ...run, ...rest } });
    draft.patchTask(task, { ...patch, respondBy, resolveBy }, { change: 'updated' });
  }
  draft.decisions.push({ kind: 'updated', playbook: task.playbook });
}

/** The sentence on the risk is told anew, what is to be done stays. */
function withRisk(next: string, text: string, before: string): string {
  return text.startsWith(before) ? next + text.slice(before.length) : text;
}

/** What a newer score changes in a task. */
export function scorePatch(draft: TaskDraft, task: RetentionTask, score: Score): Partial<RetentionTask> {
  const playbook = draft.rules.playbooks.get(task.playbook);
  return {
    score,
    priority: playbook === undefined ? task.priority : taskPriority(playbook, score),
    customerRef: score.customerRef ?? task.customerRef,
    reasons: score.reasons !== null && score.reasons.length > 0 ? score.reasons : task.reasons,
  };
}

/** Takes the shadow of the trigger over a historical score. */
export function moveShadow(draft: TaskDraft, score: Score): void {
  const { isShadowRunning } = draft.trigger(churnRisk);
  if (score.level === 'none') {
    if (isShadowRunning) draft.setTrigger(churnRisk, { isShadowRunning: false });
    return;
  }
  const [playbook] = draft.rules.onLevel.filter((each) => answers(each, score));
  if (isShadowRunning || playbook === undefined) return;
  draft.setTrigger(churnRisk, { isShadowRunning: true });
  draft.decisions.push({ kind: 'suppressed', playbook: playbook.id, why: 'historical' });
}

function answers({ on }: ServedPlaybook, { level }: Score): boolean {
  return on.on === 'level' && levelRank(level) >= levelRank(on.at_least);
}

/** When the next episode begins if the risk stays as it is; null where it does not, or another record has to come first. */
export function levelDueAt(draft: TaskDraft): EpochMs | null {
  const base = episodeBase(draft);
  if (base === null) return null;
  const options = optionsOf(draft).filter(({ isFitting }) => isFitting);
  if (options.length === 0) return null;
  if (options.some(({ mute }) => mute === null)) return base;
  const passing = options.map(({ mute }) => mute).filter((mute): mute is Mute => mute !== null && isPassing(mute));
  // What passes is waited for, also where another one that fits is refused for good.
  if (passing.length === 0) return base;
  const times = passing.map(({ until }) => until).filter((until): until is EpochMs => until !== null);
  return times.length === 0 ? null : Math.max(base, Math.min(...times));
}

function episodeBase(draft: TaskDraft): EpochMs | null {
  const { liveLevel } = draft.state;
  if (liveLevel === null || liveLevel === 'none') return null;
  const { isRunning, cooldownUntil, run } = draft.trigger(churnRisk);
  if (run !== null) return null;
  if (!isRunning) return Math.max(draft.at, cooldownUntil ?? 0);
  return cooldownUntil === null ? null : Math.max(draft.at, cooldownUntil);
}

interface Option {
  readonly playbook: ServedPlaybook;
  readonly worth: number;
  readonly isFitting: boolean;
  readonly mute: Mute | null;
}

function isPassing({ why }: Mute): boolean {
  return why !== 'refused' && why !== 'harms';
}

/** The playbooks that answer the level, those that fit the reasons first, of those the worthiest first. */
function optionsOf(draft: TaskDraft): readonly Option[] {
  const score = draft.state.score ?? unscored(draft.key, null, draft.at);
  const codes = new Set((score.reasons ?? []).map(({ code }) => code));
  if (codes.size === 0) codes.add('other');
  const all = draft.rules.onLevel
    .filter((each) => answers(each, score) && isFor(draft, each))
    .map((playbook) => ({
      playbook,
      worth: playbookWorth(playbook, score),
      isFitting: fits(playbook, codes),
      mute: findMute(draft, playbook),
    }));
  // Reasons that no playbook answers are other reasons.
  const fitting = all.some(({ isFitting }) => isFitting)
    ? all
    : all.map((each) => ({ ...each, isFitting: fits(each.playbook, new Set(['other'])) }));
  return fitting.toSorted((one, other) => Number(other.isFitting) - Number(one.isFitting) || other.worth - one.worth);
}

function fits({ on }: ServedPlaybook, codes: ReadonlySet<string>): boolean {
  return on.on === 'level' && (on.reasons === null || on.reasons.some((reason) => codes.has(reason)));
}

/** Opens the episode that is due, with the best playbook that fits and is not muted. */
export function openOnLevel(draft: TaskDraft): void {
  const due = levelDueAt(draft);
  if (due === null || due > draft.at) return;
  const options = optionsOf(draft);
  const fitting = options.filter(({ isFitting }) => isFitting);
  const chosen = fitting.find(({ mute }) => mute === null);
  if (chosen !== undefined) {
    openTask(draft, chosen.playbook, {
      cause: draft.state.score?.eventId ?? null,
      considered: others(options, chosen),
    });
    return;
  }
  if (fitting.some(({ mute }) => mute !== null && isPassing(mute))) return;
  withhold(draft, fitting[0]);
}

function others(options: readonly Option[], chosen: Option): ConsideredPlaybook[] {
  return options
    .filter((each) => each !== chosen)
    .map(({ playbook, worth, isFitting, mute }) => {
      const why = isFitting ? (mute?.why ?? 'worth-less') : 'other-reasons';
      return { playbook: playbook.id, worth, why };
    });
}

/** The episode passes without a task; why stands in the audit log. */
function withhold(draft: TaskDraft, option: Option | undefined): void {
  draft.setTrigger(churnRisk, { isRunning: true, cooldownUntil: null, lastOpenedAt: draft.at });
  if (option?.mute == null) return;
  auditWithheld(draft, option.playbook, option.mute, draft.state.score?.scoreId ?? '');
}

/** Tells that a task was not opened although it was due. */
export function auditWithheld(draft: TaskDraft, playbook: ServedPlaybook, { why }: Mute, cause: string): void {
  draft.decisions.push({ kind: 'suppressed', playbook: playbook.id, why });
  const record = { actor: 'engine', action: 'open-task', subject: null, playbook: playbook.id, note: playbook.purpose };
  const reason = why === 'refused' ? refusalOf(draft, playbook) : why;
  draft.audit({ ...record, result: 'withheld', reason }, cause);
}
