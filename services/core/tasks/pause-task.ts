import type { ServedTerm } from '../playbooks/served-playbook.ts';
import type { EpochMs } from '../units.ts';
import type { RetentionTask } from './retention-task.ts';
import type { TaskDraft } from './task-draft.ts';

/** A task that waits for somebody else in a named state uses up no time of ours. */
export function pauseTask(draft: TaskDraft, task: RetentionTask, state: string): void {
  const { run } = draft.trigger(task.trigger);
  if (run === null || run.paused !== null) return;
  const terms = termsOf(draft, task);
  const left = (term: ServedTerm | null, by: EpochMs | null) =>
    by === null || term === null ? null : term.scale.between(draft.at, by);
  const respondLeft = task.respondedAt === null ? left(terms.respond, task.respondBy) : null;
  const paused = { state, respondLeft, resolveLeft: left(terms.resolve, task.resolveBy) };
  draft.setTrigger(task.trigger, { run: { ...run, paused } });
}

/** Ends a snooze, and a pause with it: what was left of each deadline is left from now on. */
export function resumeTask(draft: TaskDraft, task: RetentionTask, change: string, by: string | null = null): void {
  const { run } = draft.trigger(task.trigger);
  const paused = run?.paused ?? null;
  draft.patchTask(task, { snoozedUntil: null }, { change, by });
  if (run === null || paused === null) return;
  const { respond, resolve } = termsOf(draft, task);
  const deadline = (term: ServedTerm | null, left: number | null, before: EpochMs | null): EpochMs | null =>
    left === null || term === null ? before : term.scale.after(draft.at, left);
  const respondBy = deadline(respond, paused.respondLeft, task.respondBy);
  const resolveBy = deadline(resolve, paused.resolveLeft, task.resolveBy);
  draft.patchTask(task, { respondBy, resolveBy }, { change, by });
  draft.setTrigger(task.trigger, {
    run: {
      ...run,
      paused: null,
      respondWarnAt: moved(run.respondWarnAt, task.respondBy, respondBy),
      resolveWarnAt: moved(run.resolveWarnAt, task.resolveBy, resolveBy),
    },
  });
}

/** A warning that had not come keeps its distance to the deadline. */
function moved(warnAt: EpochMs | null, before: EpochMs | null, after: EpochMs | null): EpochMs | null {
  return warnAt === null || before === null || after === null ? warnAt : warnAt + (after - before);
}

function termsOf({ rules }: TaskDraft, { playbook, score }: RetentionTask) {
  const served = rules.playbooks.get(playbook);
  return { respond: served?.respondTerm(score.level) ?? null, resolve: served?.resolveTerm(score.level) ?? null };
}
