import { levelRank, levels } from '../../services/core/scoring/level.ts';
import { type DrawArm, openBookTask } from './begin-tasks.ts';
import type { CareEntry, StaffEntry } from './care-entry.ts';
import { whyNot } from './care-gates.ts';
import type { BookTask, CareLedger } from './care-ledger.ts';
import type { CarePlan } from './care-plan.ts';
import { endBookTask, promiseFrom, ruleOf } from './follow-steps.ts';
import { pauseBookTask, resumeBookTask } from './pass-hour.ts';
import type { PlaybookRule } from '../../services/core/playbooks/playbook-document.ts';

type EventEntry = Extract<CareEntry, { kind: 'event' }>;
type ScoreEntry = Extract<CareEntry, { kind: 'score' }>;

const dayMs = 86_400_000;
const contactTypes = ['contact.received', 'case.opened', 'survey.answered'];

/** Writes an entry into the books, with what it ends and what it asks for. */
export function takeEntry(
  ledger: CareLedger,
  plan: CarePlan,
  { entry, drawArm }: { entry: CareEntry; drawArm: DrawArm },
) {
  ledger.liveSince ??= ledger.now;
  switch (entry.kind) {
    case 'score': {
      takeScore(ledger, plan, entry);
      return;
    }
    case 'event': {
      takeEvent(ledger, plan, { entry, drawArm });
      return;
    }
    case 'place': {
      if (entry.name === null) ledger.places.delete(entry.scheme);
      else ledger.places.set(entry.scheme, { name: entry.name, since: ledger.now });
      return;
    }
    case 'staff': {
      takeStaff(ledger, plan, entry);
      return;
    }
  }
}

function takeScore(ledger: CareLedger, plan: CarePlan, entry: ScoreEntry): void {
  const before = ledger.score?.level ?? 'none';
  ledger.score = entry;
  const trigger = ledger.triggers.get('churn-risk');
  const task = ledger.openTask('churn-risk');
  if (entry.level === 'none') {
    if (trigger !== undefined) trigger.isRunning = false;
    const isUntouched = task?.status === 'open' && task.contacts.length === 0;
    if (task !== undefined && isUntouched) endBookTask(ledger, plan, { task, status: 'retracted', result: null });
  } else if (task !== undefined) hasten(ledger, plan, task);
  const isRise = levelRank(entry.level) > levelRank(before);
  if (!isRise || trigger === undefined || ledger.openTask('churn-risk') !== undefined || trigger.isRunning) return;
  const [first] = plan.playbooks.find(([, { trigger: { on } }]) => on === 'level') ?? []; // prettier-ignore
  if ((trigger.restUntil ?? 0) > ledger.now && first !== undefined) {
    ledger.withheld.push({ playbook: first, what: 'open-task', why: 'cooldown' });
  }
}

/** The terms of a newly reached level run from now on; a promise is brought forward by them and never put off. */
function hasten(ledger: CareLedger, plan: CarePlan, task: BookTask): void {
  const playbook = ruleOf(plan, task);
  const { level } = ledger.score ?? { level: levels[0] };
  task.level = level;
  for (const [name, rule] of [
    ['respond', playbook.respond_within],
    ['resolve', playbook.resolve_within],
  ] as const) {
    const next = promiseFrom(ledger, plan, { playbook, rule, level });
    const known = task[name];
    if (next.by === null || next.term === null) continue;
    if (task.isPaused) {
      if (known.left !== null && next.term.units >= known.left) continue;
      task[name] = { ...next, left: next.term.units, warnLeft: next.term.units * 0.75 };
    } else if (known.by === null || next.by < known.by) task[name] = next;
  }
}

function takeEvent(
  ledger: CareLedger,
  plan: CarePlan,
  { entry, drawArm }: { entry: EventEntry; drawArm: DrawArm },
): void {
  learn(ledger, entry);
  for (const { tasks } of [...ledger.triggers.values()]) {
    const task = tasks.at(-1);
    if (task?.endedAt !== null || !ruleOf(plan, task).stop.on.includes(entry.type)) continue;
    const result = entry.type === 'order.placed' ? 'purchased' : 'stopped';
    endBookTask(ledger, plan, { task, status: 'retracted', result });
  }
  for (const [id, playbook] of plan.playbooks) {
    if (!asks(playbook, entry)) continue;
    const why = whyNot(ledger, playbook, id);
    if (why === null) openBookTask(ledger, plan, { id, playbook, trigger: id, arm: drawArm(id, playbook.holdout) });
    else if (why === 'later' && ledger.openTask(id) === undefined) {
      ledger.withheld.push({ playbook: id, what: 'open-task', why: 'cooldown' });
    }
  }
}

function asks({ trigger }: PlaybookRule, { type, attributes }: EventEntry): boolean {
  switch (trigger.on) {
    case 'event':
      return trigger.types.includes(type);
    case 'complaint':
      return type === 'case.opened' && attributes['isComplaint'] === true;
    case 'payment-failed':
      return type === 'payment.failed';
    case 'low-score': {
      const most = attributes['surveyKind'] === 'nps' ? trigger.nps_at_most : trigger.csat_at_most;
      return type === 'survey.answered' && Number(attributes['surveyScore']) <= most;
    }
    default:
      return false;
  }
}

function learn(ledger: CareLedger, { type, attributes }: EventEntry): void {
  const { now } = ledger;
  const caseId = String(attributes['caseId']);
  if (contactTypes.includes(type)) ledger.lastContactAt = now;
  if (type === 'case.opened' && attributes['isComplaint'] === true) ledger.complaints.add(caseId);
  if (type === 'case.resolved') ledger.complaints.delete(caseId);
  if (type === 'consent.changed') {
    const { purpose = '', channel = '', granted } = attributes;
    ledger.said.set(`${String(purpose)}|${String(channel)}`, granted === true);
  }
  if (type === 'preference.changed' && attributes['automatedOffers'] === false)
    ledger.said.set('automated-offers|', false);
  const until = attributes['doNotContactUntil'];
  if (typeof until === 'string') ledger.leaveAloneUntil = Date.parse(until);
  const birthday = attributes['birthday'];
  if (typeof birthday === 'string') ledger.birthday = { day: birthday.slice(5), since: now };
  if (type !== 'order.placed') return;
  ledger.lastPurchaseAt = now;
  for (const { tasks } of ledger.triggers.values()) {
    for (const task of tasks.slice(-3)) if (!task.isFollowUp && now < task.openedAt + 90 * dayMs) task.purchases += 1;
  }
}

function takeStaff(ledger: CareLedger, plan: CarePlan, entry: StaffEntry): void {
  if (entry.verb === 'leave-alone') {
    ledger.leaveAloneUntil = entry.until;
    return;
  }
  const task = entry.task === null ? undefined : ledger.openTask(entry.task.trigger);
  if (task === undefined) return;
  if (entry.verb === 'snooze') {
    task.snoozedUntil = entry.until;
    if (entry.state !== null) pauseBookTask(ledger, task);
    return;
  }
  if (entry.verb !== 'resolve' && task.snoozedUntil !== null) resumeBookTask(ledger, task);
  if (entry.verb === 'claim') {
    if (task.status === 'open') task.status = 'claimed';
    task.claimedUntil = task.status === 'claimed' ? entry.until : null;
    return;
  }
  Object.assign(task, { isAnswered: true, claimedUntil: null });
  ledger.lastContactAt = ledger.now;
  if (entry.verb === 'respond') task.status = 'responded';
  else settle(ledger, plan, { task, result: entry.result });
}

/** Once it is settled, a task whose playbook asks for it is followed up by another one. */
function settle(ledger: CareLedger, plan: CarePlan, { task, result }: { task: BookTask; result: string | null }): void {
  endBookTask(ledger, plan, { task, status: 'resolved', result });
  const playbook = ruleOf(plan, task);
  const step = playbook.steps.findIndex((each, i) => each.do === 'follow-up' && i > task.step);
  const trigger = `${task.trigger}.follow-up`;
  if (task.isFollowUp || step < 0 || ledger.openTask(trigger) !== undefined) return;
  openBookTask(ledger, plan, { id: task.playbook, playbook, trigger, arm: 'treated', step });
}
