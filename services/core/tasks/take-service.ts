import type { CaseMoment, CaseMomentKind } from '../cases/case-moment.ts';
import { placeCustomer } from '../cases/case-book.ts';
import type { CommandFault } from '../commands/command-fault.ts';
import type { RetentionCommand } from '../commands/retention-command.ts';
import type { CustomerRecord } from '../events/customer-record.ts';
import type { EventType } from '../events/event-types.ts';
import type { ServedPlaybook } from '../playbooks/served-playbook.ts';
import type { Score } from '../scoring/score.ts';
import {
  applyServiceCommand,
  applyServiceEvent,
  passServiceTime,
  serviceDueAt,
  type ServiceResult,
} from '../service/apply-service.ts';
import type { EpochMs } from '../units.ts';
import { sendSurvey } from './send-survey.ts';
import { startOnCause } from './start-on-cause.ts';
import { stopTasks } from './stop-tasks.ts';
import type { TaskDraft } from './task-draft.ts';

/*
 * Where cases and surveys meet the tasks: what happens to a case starts playbooks, and what a customer is to be asked goes
 * out as a message.
 */

/** What a step of a case that was reported by command would be called as an event. */
const eventTypes: Readonly<Partial<Record<CaseMomentKind, EventType>>> = {
  opened: 'case.opened',
  answered: 'case.responded',
  resolved: 'case.resolved',
  'followed-up': 'case.followed_up',
  reopened: 'case.reopened',
  closed: 'case.closed',
};
const alarms: ReadonlySet<CaseMomentKind> = new Set(['warned', 'overdue', 'escalated', 'stuck']);

/** Takes the customer's cases and surveys over an event. */
export function takeServiceEvent(draft: TaskDraft, event: CustomerRecord): void {
  const { rules, state } = draft;
  const result = applyServiceEvent(state, event, rules.service);
  keep(draft, result);
  if (event.historical) return;
  for (const moment of result.moments) startOnMoment(draft, moment);
}

/** Does what a `case-…` command asks, or says why not. */
export function takeCaseCommand(draft: TaskDraft, command: RetentionCommand): CommandFault | null {
  const { rules, state } = draft;
  const result = applyServiceCommand(state, command, rules.service);
  keep(draft, result);
  for (const moment of result.moments) {
    startOnMoment(draft, moment);
    const type = eventTypes[moment.kind];
    if (type === undefined) continue;
    stopTasks(draft, type);
    for (const playbook of rules.onEvent.get(type) ?? []) startOnCause(draft, playbook, moment.caseId);
  }
  return isCommandFault(result.fault) ? result.fault : result.fault === null ? null : 'incomplete';
}

/** Lets happen what is due with the customer's cases and surveys by now. */
export function passServiceTimers(draft: TaskDraft): void {
  const result = passServiceTime(draft.state, draft.at, draft.rules.service, draft.key);
  keep(draft, result);
  for (const moment of result.moments) startOnMoment(draft, moment);
}

/** When something is due with them; null for never. */
export function serviceTimerAt(draft: TaskDraft): EpochMs | null {
  return serviceDueAt(draft.state, draft.rules.service);
}

/** What a score says of the customer, for the terms and the order of cases. */
export function placeInCases(draft: TaskDraft, { tier, churn }: Score): void {
  const cases = placeCustomer(draft.state.cases, { tier: nameOf(tier), risk: churn.p90 });
  if (cases !== draft.state.cases) draft.set({ cases });
}

/** Service rules name the tiers of the primary scheme without it. */
function nameOf(tier: string | null): string | null {
  return tier === null ? null : tier.slice(tier.indexOf('.') + 1);
}

function keep(draft: TaskDraft, { cases, surveys, asks }: ServiceResult): void {
  const { state } = draft;
  if (cases !== state.cases || surveys !== state.surveys) draft.set({ cases, surveys });
  for (const ask of asks) sendSurvey(draft, ask);
}

function startOnMoment(draft: TaskDraft, moment: CaseMoment): void {
  const { kind, caseId, step, clock, role } = moment;
  for (const playbook of draft.rules.onCase) {
    if (isStartedBy(playbook, moment)) startOnCause(draft, playbook, caseId);
  }
  if (!alarms.has(kind)) return;
  const what = { actor: 'engine', action: `case-${kind}`, result: 'done', reason: null, playbook: null } as const;
  const note = [clock, step, role].filter((each) => each !== null).join(' ');
  draft.audit({ ...what, subject: caseId, note: note === '' ? null : note }, `${caseId}:${kind}:${note}:${moment.at}`);
}

function isStartedBy({ on }: ServedPlaybook, { kind, isComplaint }: CaseMoment): boolean {
  if (on.on === 'complaint') return isComplaint && (kind === 'opened' || kind === 'sorted' || kind === 'reopened');
  return on.on === 'case' && on.moments.some((each) => each === kind);
}

function isCommandFault(fault: ServiceResult['fault']): fault is CommandFault | null {
  return fault !== 'not-opened-yet' && fault !== 'unknown-cause-code';
}
