import type { DeadlineRule, PlaybookRule, StepRule } from '../../services/core/playbooks/playbook-document.ts';
import type { Level } from '../../services/core/scoring/level.ts';
import type { EpochMs } from '../../services/core/units.ts';
import { nextContactHour, refusalIn } from './care-gates.ts';
import type { BookPromise, BookTask, CareLedger } from './care-ledger.ts';
import type { CarePlan, CareTerm } from './care-plan.ts';

const dayMs = 86_400_000;

export function promise(by: EpochMs | null, warnAt: EpochMs | null, term: CareTerm | null): BookPromise {
  return { by, warnAt, term, left: null, warnLeft: null };
}

/** A promise from now on, by the terms of a level; one without a date where the level has none. */
export function promiseFrom(
  { now }: CareLedger,
  plan: CarePlan,
  { playbook, rule, level }: { playbook: PlaybookRule; rule: DeadlineRule; level: Level },
): BookPromise {
  const text = typeof rule === 'string' ? rule : level === 'none' ? undefined : rule[level];
  if (text === undefined) return promise(null, null, null);
  const term = plan.term(text, playbook);
  return promise(term.scale.after(now, term.units), term.scale.after(now, term.units * 0.75), term);
}

/** Ends a task, and lets the customer rest from its trigger unless it was withdrawn untouched. */
export function endBookTask(
  ledger: CareLedger,
  plan: CarePlan,
  { task, status, result }: { task: BookTask; status: BookTask['status']; result: string | null },
): void {
  const trigger = ledger.trigger(task.trigger);
  const isUntouched = status === 'retracted' && task.status === 'open' && task.contacts.length === 0;
  const rests = !isUntouched || result === 'purchased';
  trigger.restUntil = rests ? ledger.now + plan.length(ruleOf(plan, task).cooldown) : null;
  if (!task.trigger.startsWith('churn-risk') || task.isFollowUp) trigger.isRunning = false;
  Object.assign(task, { status, result: result ?? task.result, endedAt: ledger.now, snoozedUntil: null });
}

export function ruleOf({ playbooks }: CarePlan, { playbook: id }: BookTask): PlaybookRule {
  const found = playbooks.find(([each]) => each === id);
  if (found === undefined) throw new RangeError(`The books have a task of ${id}, which is no playbook.`);
  return found[1];
}

/** Takes the steps of a task from one on, until it waits. */
export function followSteps(
  ledger: CareLedger,
  plan: CarePlan,
  { task, from }: { task: BookTask; from: number },
): void {
  const { steps } = ruleOf(plan, task);
  for (let index = from; task.endedAt === null; index += 1) {
    const step = steps[index];
    if (step === undefined || step.do === 'close') {
      endBookTask(ledger, plan, { task, status: 'resolved', result: 'completed' });
      return;
    }
    Object.assign(task, { step: index, wakeAt: null, asksPerson: step.do === 'task' || step.do === 'follow-up' });
    if (!takeBookStep(ledger, plan, { task, step })) return;
  }
}

function takeBookStep(ledger: CareLedger, plan: CarePlan, { task, step }: { task: BookTask; step: StepRule }): boolean {
  const playbook = ruleOf(plan, task);
  switch (step.do) {
    case 'task':
      if (task.step > 0) {
        const level = levelWithTerms(playbook.resolve_within, ledger.score?.level ?? 'none');
        task.respond = promiseFrom(ledger, plan, { playbook, rule: playbook.respond_within, level });
        task.resolve = promiseFrom(ledger, plan, { playbook, rule: playbook.resolve_within, level });
      }
      return false;
    case 'follow-up': {
      const term = plan.term(step.after, playbook);
      const by = term.scale.after(ledger.now, term.units);
      task.respond = promise(by, null, term);
      task.resolve = promise(by + 2 * dayMs, null, plan.term('0h', playbook));
      return false;
    }
    case 'wait': {
      const { units, scale } = plan.term(step.for, playbook);
      task.wakeAt = scale.after(ledger.now, units);
      return false;
    }
    case 'message':
      return task.arm === 'holdout' || takeBookMessage(ledger, plan, { task, step });
    case 'escalate':
    case 'webhook':
    case 'close':
      return true;
  }
}

/** The level, or where it has no terms the lowest one that has. */
function levelWithTerms(rule: DeadlineRule, level: Level): Level {
  if (typeof rule === 'string' || (level !== 'none' && rule[level] !== undefined)) return level;
  return rule.watch !== undefined ? 'watch' : rule.high !== undefined ? 'high' : 'critical';
}

type MessageStep = Extract<StepRule, { do: 'message' }>;

/** Whether the message is done with: sent, or not to be sent at all. */
function takeBookMessage(
  ledger: CareLedger,
  plan: CarePlan,
  { task, step: { channel } }: { task: BookTask; step: MessageStep },
): boolean {
  const playbook = ruleOf(plan, task);
  const { now } = ledger;
  const { purpose } = playbook;
  const why = refusalIn(ledger, playbook, channel);
  if (why !== null) {
    ledger.withheld.push({ playbook: task.playbook, what: 'send-message', why });
    return true;
  }
  const isAlone = purpose !== 'service' && (ledger.leaveAloneUntil ?? 0) > now;
  if (isAlone) task.wakeAt = ledger.leaveAloneUntil;
  // While a complaint is open, marketing asks again a day later.
  else if (purpose === 'marketing' && ledger.complaints.size > 0) task.wakeAt = now + dayMs;
  else {
    const hour = nextContactHour(ledger, plan, { purpose, channel });
    if (hour > now) task.wakeAt = hour;
  }
  if (task.wakeAt !== null) return false;
  task.contacts.push({ at: now, channel });
  ledger.contacts.push({ at: now, channel, purpose });
  ledger.lastContactAt = now;
  const isPersonToCome = playbook.steps.some((each, i) => i > task.step && each.do === 'task');
  if (!isPersonToCome) {
    task.isAnswered = true;
    if (task.status === 'open') task.status = 'responded';
  }
  return true;
}
