import { warningShare } from '../clocks/clock.ts';
import { plainTime, type TimeScale } from '../clocks/time-scale.ts';
import type { ServedPlaybook, ServedTerm } from '../playbooks/served-playbook.ts';
import type { Level } from '../scoring/level.ts';
import type { EpochMs } from '../units.ts';
import type { PlaybookRun } from './playbook-run.ts';
import type { RetentionTask } from './retention-task.ts';
import type { Deadlines } from './set-deadlines.ts';
import type { TaskDraft } from './task-draft.ts';

/** A task that waits for somebody else in a named state uses up no time of ours. */
export function pauseTask(draft: TaskDraft, task: RetentionTask, state: string): void {
  const { run } = draft.trigger(task.trigger);
  if (run === null || run.paused !== null) return;
  const scales = scalesOf(draft, task);
  const left = (scale: TimeScale | null, by: EpochMs | null) =>
    by === null || scale === null ? null : scale.between(draft.at, by);
  const respondLeft = task.respondedAt === null ? left(scales.respond, task.respondBy) : null;
  const paused = { state, respondLeft, resolveLeft: left(scales.resolve, task.resolveBy) };
  draft.setTrigger(task.trigger, { run: { ...run, paused } });
}

/** Ends a snooze, and a pause with it: what was left of each deadline is left from now on. */
export function resumeTask(draft: TaskDraft, task: RetentionTask, change: string, by: string | null = null): void {
  const { run } = draft.trigger(task.trigger);
  const paused = run?.paused ?? null;
  draft.patchTask(task, { snoozedUntil: null }, { change, by });
  if (run === null || paused === null) return;
  const scales = scalesOf(draft, task);
  const respond = { scale: scales.respond, left: paused.respondLeft, by: task.respondBy, warnAt: run.respondWarnAt };
  const resolve = { scale: scales.resolve, left: paused.resolveLeft, by: task.resolveBy, warnAt: run.resolveWarnAt };
  const [respondBy, respondWarnAt] = resumed(respond, draft.at);
  const [resolveBy, resolveWarnAt] = resumed(resolve, draft.at);
  draft.patchTask(task, { respondBy, resolveBy }, { change, by });
  draft.setTrigger(task.trigger, { run: { ...run, paused: null, respondWarnAt, resolveWarnAt } });
}

interface PausedPromise {
  readonly scale: TimeScale | null;
  readonly left: number | null;
  readonly by: EpochMs | null;
  readonly warnAt: EpochMs | null;
}

/** Deadline and warning from now on; a warning that had not come keeps its distance to the deadline. */
function resumed({ scale, left, by, warnAt }: PausedPromise, at: EpochMs): readonly [EpochMs | null, EpochMs | null] {
  if (scale === null || left === null || by === null) return [by, warnAt];
  const next = scale.after(at, left);
  return [next, warnAt === null ? null : scale.after(at, left - scale.between(warnAt, by))];
}

/**
 * Brings the deadlines of a task that waits for somebody else forward when its customer reaches a level with shorter terms:
 * no more is left of them than the whole terms.
 */
export function hastenPaused(
  playbook: ServedPlaybook,
  { level, at }: { readonly level: Level; readonly at: EpochMs },
  before: Deadlines & { readonly paused: NonNullable<PlaybookRun['paused']> },
): typeof before {
  const { paused } = before;
  const respond = shorter(playbook.respondTerm(level), paused.respondLeft);
  const resolve = shorter(playbook.resolveTerm(level), paused.resolveLeft);
  const due = ({ scale, units }: ServedTerm) =>
    [scale.after(at, units), scale.after(at, units * warningShare)] as const;
  const [respondBy, respondWarnAt] = respond === null ? [before.respondBy, before.respondWarnAt] : due(respond);
  const [resolveBy, resolveWarnAt] = resolve === null ? [before.resolveBy, before.resolveWarnAt] : due(resolve);
  const respondLeft = respond?.units ?? paused.respondLeft;
  const resolveLeft = resolve?.units ?? paused.resolveLeft;
  return { respondBy, resolveBy, respondWarnAt, resolveWarnAt, paused: { ...paused, respondLeft, resolveLeft } };
}

function shorter(term: ServedTerm | null, left: number | null): ServedTerm | null {
  return term !== null && left !== null && term.units < left ? term : null;
}

/** The time that the promises of a task are counted in, whatever the level has become since they were made. */
function scalesOf({ rules }: TaskDraft, { playbook: id, step, score: { level } }: RetentionTask) {
  const playbook = rules.playbooks.get(id);
  const here = step === null ? undefined : playbook?.steps[step.index];
  if (here?.do === 'follow-up') return { respond: here.term.scale, resolve: plainTime };
  const ofAny = (term: (level: Level) => ServedTerm | null) =>
    (term(level) ?? term('high') ?? term('critical') ?? term('watch'))?.scale ?? null;
  if (playbook === undefined) return { respond: null, resolve: null };
  return { respond: ofAny(playbook.respondTerm), resolve: ofAny(playbook.resolveTerm) };
}
