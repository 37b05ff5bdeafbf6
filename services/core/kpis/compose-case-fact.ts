import type { BookedCase } from '../cases/case-book.ts';
import { timeRun } from '../clocks/clock.ts';
import type { ClockName } from '../clocks/clock-rule.ts';
import type { Digest } from '../ports/digest.ts';
import type { CustomerKey } from '../ports/state-store.ts';
import type { CaseStanding, ClockStanding, KpiFact } from './kpi-fact.ts';
import { unsetFact } from './unset-fact.ts';

/**
 * The fact of a case as it stands. It depends on the case alone, not on rules or the time it is now, so that whoever finds
 * it owed makes the same bytes. An id that is used again stands for another case: what its first one counted stays counted.
 */
export function composeCaseFact({ tenant, surrogate }: CustomerKey, booked: BookedCase, digest: Digest): KpiFact {
  const { caseId, openedAt, channel } = booked.case;
  const cause = JSON.stringify(['case', tenant, surrogate, caseId, openedAt]);
  return {
    ...unsetFact,
    factId: digest.sha256Hex(cause).slice(0, 32),
    kind: 'serviceCase',
    tenant,
    surrogate,
    sequence: booked.version,
    at: booked.changedAt,
    type: '',
    channel,
    serviceCase: standingOf(booked),
  };
}

function standingOf(booked: BookedCase): CaseStanding {
  const { case: state, queue } = booked;
  return {
    caseId: state.caseId,
    channel: state.channel,
    nature: state.nature,
    weight: state.weight,
    isComplaint: state.isComplaint,
    status: state.status,
    queue,
    staff: state.owner,
    causeCode: state.causeCode,
    openedAt: state.openedAt,
    reopenings: state.reopenings,
    reopenedAt: state.reopenedAt,
    resolvedAt: state.resolvedAt,
    closedAt: state.closedAt,
    answer: clockOf(booked, 'answer'),
    handling: clockOf(booked, 'handling'),
    complaint: clockOf(booked, 'complaint'),
    resolution: clockOf(booked, 'resolution'),
  };
}

function clockOf({ case: state, changedAt }: BookedCase, name: ClockName): ClockStanding | null {
  const found = state.clocks.clocks.find((each) => each.name === name);
  if (found === undefined) return null;
  const { clock, overdueAt } = found;
  return { metAt: clock.metAt, ranMs: timeRun(clock, changedAt), overdueAt };
}
