import type { EpochMs } from '../../services/core/units.ts';
import { beginOnLevel, beginOnStanding, type DrawArm } from './begin-tasks.ts';
import type { BookPromise, BookTask, BookTrigger, CareLedger } from './care-ledger.ts';
import type { CarePlan } from './care-plan.ts';
import { endBookTask, followSteps, ruleOf } from './follow-steps.ts';

const dayMs = 86_400_000;
/** Purchases count for so long, for the last three tasks of a trigger. */
const measuredMs = 90 * dayMs;
const measuredTasks = 3;

/** Lets everything happen that has become due by this hour. */
export function passHour(ledger: CareLedger, plan: CarePlan, drawArm: DrawArm): void {
  for (const trigger of ledger.triggers.values()) {
    const task = trigger.tasks.at(-1);
    if (task?.endedAt === null) passTask(ledger, plan, task);
    measure(ledger, trigger);
  }
  if (ledger.liveSince === null) return;
  beginOnLevel(ledger, plan, drawArm);
  beginOnStanding(ledger, plan, drawArm);
}

function passTask(ledger: CareLedger, plan: CarePlan, task: BookTask): void {
  const { now } = ledger;
  raiseAlarms(task, plan, now - 1);
  if (task.wakeAt !== null && task.wakeAt <= now) {
    const isWaiting = ruleOf(plan, task).steps[task.step]?.do === 'wait';
    followSteps(ledger, plan, { task, from: isWaiting ? task.step + 1 : task.step });
  }
  if (task.endedAt !== null) return;
  if (task.claimedUntil !== null && task.claimedUntil <= now)
    Object.assign(task, { status: 'open', claimedUntil: null });
  if (task.snoozedUntil !== null && task.snoozedUntil <= now) resumeBookTask(ledger, task);
  const { stop } = ruleOf(plan, task);
  const stopAt = stop.after === null ? null : task.openedAt + plan.length(stop.after);
  const givenUpAt = task.isPaused || task.resolve.by === null ? null : task.resolve.by + 14 * dayMs;
  const expiresAt = stopAt ?? givenUpAt;
  if (expiresAt !== null && expiresAt <= now) {
    endBookTask(ledger, plan, { task, status: 'expired', result: 'no-result' });
    return;
  }
  raiseAlarms(task, plan, now);
}

function raiseAlarms(task: BookTask, plan: CarePlan, by: EpochMs): void {
  if (!task.asksPerson || task.arm === 'holdout') return;
  if (task.breachedAt === null && !task.isPaused) {
    const promises = [...(task.isAnswered ? [] : [task.respond]), task.resolve];
    if (promises.some(({ warnAt }) => warnAt !== null && warnAt <= by)) task.isWarned = true;
    const broken = promises.flatMap((each) => (each.by !== null && each.by < by ? [each.by] : []));
    if (broken.length > 0) Object.assign(task, { breachedAt: Math.min(...broken), isWarned: true });
  }
  const escalation = ruleOf(plan, task).escalation ?? plan.document.escalation;
  while (task.breachedAt !== null && task.escalations < escalation.length) {
    const step = escalation[task.escalations];
    if (step === undefined || task.breachedAt + plan.length(step.after) > by) break;
    task.escalations += 1;
  }
}

/** The task waits for somebody else: its promises stand still. */
export function pauseBookTask({ now }: CareLedger, task: BookTask): void {
  if (task.isPaused) return;
  task.isPaused = true;
  for (const each of [task.respond, task.resolve]) {
    each.left = each.by === null ? null : (each.term?.scale.between(now, each.by) ?? null);
    each.warnLeft = each.warnAt === null ? null : (each.term?.scale.between(now, each.warnAt) ?? null);
  }
}

/** Ends a snooze; of every promise as much is left as there was. */
export function resumeBookTask(ledger: CareLedger, task: BookTask): void {
  task.snoozedUntil = null;
  if (!task.isPaused) return;
  task.isPaused = false;
  if (!task.isAnswered) resumePromise(ledger, task.respond);
  resumePromise(ledger, task.resolve);
}

function resumePromise({ now }: CareLedger, each: BookPromise): void {
  if (each.left !== null && each.term !== null) each.by = each.term.scale.after(now, each.left);
  if (each.warnLeft !== null && each.term !== null) each.warnAt = each.term.scale.after(now, each.warnLeft);
}

function measure({ now }: CareLedger, { tasks }: BookTrigger): void {
  for (const task of tasks.slice(-measuredTasks)) {
    if (!task.isFollowUp && task.openedAt + measuredMs <= now) task.isMeasured = true;
  }
}
