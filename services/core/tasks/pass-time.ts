import type { EpochMs } from '../units.ts';
import { endTask } from './end-task.ts';
import { openOnLevel } from './level-episode.ts';
import { resumeTask } from './pause-task.ts';
import { wake } from './run-steps.ts';
import { openOnStanding } from './standing-episodes.ts';
import { passServiceTimers } from './take-service.ts';
import type { TaskDraft } from './task-draft.ts';
import { nextTimer, type Timer } from './timers.ts';

/** Far more than a customer can have due at once; beyond it a playbook would be running in a circle. */
const mostTimers = 10_000;

/**
 * Lets everything happen that was due by `until`, in the order of time and each at its own time: it makes no difference how
 * late, or how often, somebody looks. Returns how many timers went off.
 */
export function passTime(draft: TaskDraft, until: EpochMs): number {
  let fired = 0;
  for (; ; fired += 1) {
    const timer = nextTimer(draft);
    if (timer === null || timer.at > until) break;
    if (fired === mostTimers) throw new RangeError('A playbook never comes to rest.');
    draft.at = Math.max(draft.at, timer.at);
    fire(draft, timer);
  }
  draft.at = Math.max(draft.at, until);
  return fired;
}

function fire(draft: TaskDraft, { kind, trigger }: Timer): void {
  if (kind === 'begin') {
    openOnLevel(draft);
    openOnStanding(draft);
  } else if (kind === 'service') passServiceTimers(draft);
  else if (kind === 'measure') measure(draft, trigger);
  else if (kind === 'wake') wakeTask(draft, trigger);
  else fireOnTask(draft, kind, trigger);
}

function wakeTask(draft: TaskDraft, trigger: string): void {
  const { run } = draft.trigger(trigger);
  const playbook = run === null ? undefined : draft.rules.playbooks.get(run.playbook);
  if (run === null) return;
  draft.setTrigger(trigger, { run: { ...run, wakeAt: null } });
  if (playbook !== undefined) wake(draft, { ...playbook, trigger });
}

function fireOnTask(draft: TaskDraft, kind: Timer['kind'], trigger: string): void {
  const task = draft.task(trigger);
  if (task === undefined) return;
  const { playbook } = task;
  if (kind === 'lease') {
    draft.patchTask(task, { status: 'open', owner: task.queue, claimedUntil: null }, { change: 'lease-lapsed' });
  } else if (kind === 'snooze-end') {
    resumeTask(draft, task, 'snooze-ended');
  } else if (kind === 'warn') {
    draft.patchTask(task, { warnedAt: draft.at }, { change: 'warned' });
    draft.decisions.push({ kind: 'warned', playbook });
  } else if (kind === 'breach') {
    const warnedAt = task.warnedAt ?? draft.at;
    draft.patchTask(task, { warnedAt, breachedAt: draft.at - 1 }, { change: 'breached' });
    draft.decisions.push({ kind: 'breached', playbook });
  } else if (kind === 'escalate') {
    escalateTask(draft, trigger);
  } else {
    endTask(draft, task, { status: 'expired', result: 'no-result', reason: null, change: 'expired' });
  }
}

function escalateTask(draft: TaskDraft, trigger: string): void {
  const task = draft.task(trigger);
  const step = task && draft.rules.playbooks.get(task.playbook)?.escalation[task.escalations];
  if (task === undefined || step === undefined) return;
  // What waits in a queue, answered or not, goes on with it; what a person has stays theirs.
  const owner = task.status === 'open' || task.owner === task.queue ? step.to : task.owner;
  draft.patchTask(task, { queue: step.to, owner, escalations: task.escalations + 1 }, { change: 'escalated' });
  draft.decisions.push({ kind: 'escalated', playbook: task.playbook });
}

/** Closes the windows that have ended and tells what was bought in them. */
function measure(draft: TaskDraft, trigger: string): void {
  const { windows, tasks } = draft.trigger(trigger);
  draft.setTrigger(trigger, { windows: windows.filter(({ until }) => until > draft.at) });
  for (const { taskId, until, purchases, revenueMinor } of windows) {
    const task = tasks.find((each) => each.taskId === taskId);
    if (until > draft.at || task === undefined) continue;
    const measured = { until, purchases, revenueMinor, churned: purchases === 0 };
    draft.patchTask(task, { measured }, { change: 'measured' });
  }
}
