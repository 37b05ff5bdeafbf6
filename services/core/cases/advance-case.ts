import type { ClockRule, Moment } from '../clocks/clock-rule.ts';
import { noteOverdue } from '../clocks/note-overdue.ts';
import { passMoment, waitIn } from '../clocks/service-clocks.ts';
import type { EpochMs } from '../units.ts';
import type { CaseStep } from './case-step.ts';
import type { CaseStatus, ServiceCase } from './service-case.ts';

/*
 *   opened --> responded --> handled --> resolved --> followed-up --> closed
 *      \___________\____________\___________^               |            |
 *                                            \__ reopen ____/____________/
 *
 * A case is handled once the customer was told how far it is, resolved once it is solved, closed once somebody asked
 * whether it really is. Opened again it is handled, and the time for solving it goes on.
 */

/** Why a step is refused; nothing changed. */
export type CaseFault =
  'case-closed' | 'not-resolved' | 'not-open-again' | 'no-follow-up' | 'no-cause-code' | 'already-resolved';

export type CaseAdvance =
  | { readonly result: 'applied'; readonly case: ServiceCase }
  /** It says what stands already, as a repeated message does. */
  | { readonly result: 'unchanged'; readonly case: ServiceCase }
  | { readonly result: 'refused'; readonly case: ServiceCase; readonly fault: CaseFault };

const order: readonly CaseStatus[] = ['opened', 'responded', 'handled', 'resolved', 'followed-up', 'closed'];

/** One step of a case. Steps may be reported late; a case's own time does not go back. */
export function advanceCase(before: ServiceCase, step: CaseStep, rules: readonly ClockRule[]): CaseAdvance {
  const at = Math.max(before.updatedAt, step.at);
  const fault = findFault(before, step);
  if (fault !== null) return { result: 'refused', case: before, fault };
  const after = applyStep({ ...before, updatedAt: at }, step, { at, rules });
  if (after === null) return { result: 'unchanged', case: before };
  return { result: 'applied', case: { ...after, clocks: noteOverdue(after.clocks, at, rules) } };
}

function findFault({ status, causeCode }: ServiceCase, step: CaseStep): CaseFault | null {
  const isSettled = rank(status) >= rank('resolved');
  if (step.kind === 'reopen') return isSettled ? null : 'not-open-again';
  if (status === 'closed') return step.kind === 'close' ? null : 'case-closed';
  if (step.kind === 'follow-up') return isSettled ? null : 'not-resolved';
  if (step.kind === 'wait' && isSettled) return 'already-resolved';
  if (step.kind !== 'close') return null;
  if (status !== 'followed-up') return 'no-follow-up';
  return step.causeCode === null && causeCode === null ? 'no-cause-code' : null;
}

interface Timing {
  readonly at: EpochMs;
  readonly rules: readonly ClockRule[];
}

function applyStep(state: ServiceCase, step: CaseStep, timing: Timing): ServiceCase | null {
  switch (step.kind) {
    case 'respond':
      // What a bot says keeps the customer company; it is no answer.
      return step.by === 'person' ? reach(state, 'responded', { moment: 'answered', ...timing }) : null;
    case 'progress':
      return step.by === 'person' && step.isToCustomer
        ? reach(pass(state, 'answered', timing), 'handled', { moment: 'progressed', ...timing })
        : null;
    case 'resolve': {
      // Once it is solved nobody is waited for any more, nor after it is opened again.
      const acting = { ...state, clocks: waitIn(state.clocks, null, timing) };
      const resolved = reach(acting, 'resolved', { moment: 'resolved', ...timing });
      return resolved && { ...resolved, resolvedAt: timing.at, causeCode: step.causeCode ?? resolved.causeCode };
    }
    case 'follow-up':
      return reach(state, 'followed-up', { moment: 'followedUp', ...timing });
    case 'close': {
      const closed = reach(state, 'closed', { moment: 'closed', ...timing });
      return closed && { ...closed, closedAt: timing.at, causeCode: step.causeCode ?? closed.causeCode };
    }
    case 'reopen':
      return reopen(state, timing);
    case 'wait':
    case 'resume':
      return wait(state, step.kind === 'wait' ? step.state : null, timing);
    case 'assign':
      return state.owner === step.owner ? null : { ...state, owner: step.owner };
    case 'sort':
      return sort(state, step, timing.rules);
  }
}

function reach(state: ServiceCase, status: CaseStatus, { moment, ...timing }: Timing & { moment: Moment }) {
  return rank(state.status) >= rank(status) ? null : { ...pass(state, moment, timing), status };
}

function pass(state: ServiceCase, moment: Moment, timing: Timing): ServiceCase {
  return { ...state, clocks: passMoment(state.clocks, moment, timing) };
}

/** The reason found before may have been the wrong one, so it is asked for again. */
function reopen(state: ServiceCase, timing: Timing): ServiceCase {
  const reopened = pass(state, 'reopened', timing);
  const reopenedAt = state.reopenedAt ?? timing.at;
  const undone = { resolvedAt: null, closedAt: null, causeCode: null };
  return { ...reopened, ...undone, status: 'handled', reopenings: state.reopenings + 1, reopenedAt };
}

function wait(state: ServiceCase, waitingIn: string | null, timing: Timing): ServiceCase | null {
  if (state.clocks.waitingIn === waitingIn) return null;
  return { ...state, clocks: waitIn(state.clocks, waitingIn, timing) };
}

/** Sorting again changes the terms of clocks that run; what was spent stays spent. */
function sort(state: ServiceCase, step: CaseStep & { kind: 'sort' }, rules: readonly ClockRule[]): ServiceCase | null {
  const nature = step.nature ?? state.nature;
  const weight = step.weight ?? state.weight;
  const isComplaint = step.isComplaint ?? state.isComplaint;
  if (nature === state.nature && weight === state.weight && isComplaint === state.isComplaint) return null;
  const serviceClass = { ...state.clocks.serviceClass, weight, isComplaint };
  // Whether a clock that runs has run out is found anew, by the new terms.
  const clocks = state.clocks.clocks.map((each) => ({ ...each, overdueAt: each.clock.overdueSince }));
  const sorted = { ...state, nature, weight, isComplaint, clocks: { ...state.clocks, serviceClass, clocks } };
  return startMissing(sorted, rules);
}

/** A case found to be a complaint later has been one since it was opened, and was answered when it was answered. */
function startMissing(state: ServiceCase, rules: readonly ClockRule[]): ServiceCase {
  const started = pass(state, 'opened', { at: state.openedAt, rules });
  const answeredAt = started.clocks.clocks.find(({ name }) => name === 'answer')?.clock.metAt ?? null;
  return answeredAt === null ? started : pass(started, 'answered', { at: answeredAt, rules });
}

function rank(status: CaseStatus): number {
  return order.indexOf(status);
}
