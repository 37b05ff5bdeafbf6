import type { EpochMs } from '../units.ts';
import { levelDueAt } from './level-episode.ts';
import type { RetentionTask } from './retention-task.ts';
import { standingDueAt } from './standing-episodes.ts';
import { serviceTimerAt } from './take-service.ts';
import type { TaskDraft } from './task-draft.ts';
import type { TriggerState } from './task-state.ts';
import { isFinal } from './task-status.ts';

/** What happens to a task by itself. */
export type TimerKind =
  | 'wake'
  | 'lease'
  | 'snooze-end'
  | 'warn'
  | 'breach'
  | 'escalate'
  | 'stop'
  | 'abandon'
  | 'measure'
  | 'service'
  | 'begin';

export interface Timer {
  readonly at: EpochMs;
  readonly kind: TimerKind;
  /** Empty for `service` and `begin`: whatever is due then happens or begins. */
  readonly trigger: string;
}

/** A task that nobody has settled is given up so long after it should have been. */
const abandonMs = 14 * 86_400_000;

/** The next thing that happens by itself; of two at one instant the one that stands first here. */
export function nextTimer(draft: TaskDraft): Timer | null {
  let next: Timer | null = null;
  const offer = (at: EpochMs | null, kind: TimerKind, trigger: string): void => {
    if (at !== null && at !== Infinity && (next === null || at < next.at)) next = { at, kind, trigger };
  };
  for (const state of draft.state.triggers) {
    const task = state.tasks.at(-1);
    if (task !== undefined && !isFinal(task.status)) offerTimers(draft, state, task, offer);
    for (const { until } of state.windows) offer(until, 'measure', state.trigger);
  }
  offer(serviceTimerAt(draft), 'service', '');
  offer(levelDueAt(draft), 'begin', '');
  for (const playbook of draft.rules.onStanding) offer(standingDueAt(draft, playbook), 'begin', '');
  return next;
}

type Offer = (at: EpochMs | null, kind: TimerKind, trigger: string) => void;

function offerTimers(draft: TaskDraft, { run, trigger }: TriggerState, task: RetentionTask, offer: Offer): void {
  const playbook = draft.rules.playbooks.get(task.playbook);
  offer(run?.wakeAt ?? null, 'wake', trigger);
  offer(task.claimedUntil, 'lease', trigger);
  offer(task.snoozedUntil, 'snooze-end', trigger);
  const stopAfterMs = playbook?.stopAfterMs ?? null;
  if (run !== null && stopAfterMs !== null) offer(run.startedAt + stopAfterMs, 'stop', trigger);
  else if (task.resolveBy !== null && run?.paused == null) offer(task.resolveBy + abandonMs, 'abandon', trigger);
  if (isPersonAsked(task) && task.arm === 'treated') offerAlarms(draft, { run, trigger, task }, offer);
}

/** Promises are watched while a person has to keep them. */
function isPersonAsked({ step }: RetentionTask): boolean {
  return step === null || step.kind === 'task' || step.kind === 'follow-up';
}

function offerAlarms(
  draft: TaskDraft,
  { run, trigger, task }: Pick<TriggerState, 'run' | 'trigger'> & { readonly task: RetentionTask },
  offer: Offer,
): void {
  if (task.breachedAt !== null) {
    // What is overdue already is brought before the next one, whether it waits for somebody now or not.
    const step = draft.rules.playbooks.get(task.playbook)?.escalation[task.escalations];
    if (step !== undefined) offer(task.breachedAt + step.afterMs, 'escalate', trigger);
    return;
  }
  if (run?.paused != null) return;
  const isAnswered = task.respondedAt !== null;
  if (task.warnedAt === null) {
    if (!isAnswered) offer(run?.respondWarnAt ?? null, 'warn', trigger);
    offer(run?.resolveWarnAt ?? null, 'warn', trigger);
  }
  // Done on the very instant is in time.
  if (!isAnswered && task.respondBy !== null) offer(task.respondBy + 1, 'breach', trigger);
  if (task.resolveBy !== null) offer(task.resolveBy + 1, 'breach', trigger);
}
