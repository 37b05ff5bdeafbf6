import type { ServiceClock } from '../clocks/service-clocks.ts';
import { type BookedCase, type CaseBook, type EarlyStep, isSameCase, isSettled } from './case-book.ts';
import type { CaseStep } from './case-step.ts';
import type { ServiceCase } from './service-case.ts';

type Packed = readonly unknown[];

/** The book as arrays in a fixed order, for JSON. Equal books give equal bytes. */
export function packCaseBook({ tier, risk, cases, early, forgotten, owed }: CaseBook): Packed {
  // What is owed as it stands is not stored twice.
  const packOwed = (each: BookedCase): Packed => {
    const stands = cases.some((other) => isSameCase(each, other) && each.version === other.version);
    return stands ? [each.case.caseId] : packCase(each);
  };
  return [tier, risk, cases.map(packCase), early.map(packEarly), [...forgotten], owed.map(packOwed)];
}

/** Reads what `packCaseBook` made, now or before cases were owed. */
export function unpackCaseBook(packed: Packed): CaseBook {
  const [tier, risk, packedCases, early, forgotten, packedOwed = []] = packed as [
    string | null, number | null, Packed[], Packed[], string[], Packed[]?,
  ]; // prettier-ignore
  const cases = packedCases.map(unpackCase);
  const owed = packedOwed.map((each) =>
    each.length === 1 ? cases.filter(({ case: { caseId } }) => caseId === each[0])[0] : unpackCase(each),
  );
  return { tier, risk, cases, early: early.map(unpackEarly), forgotten, owed };
}

function packCase(booked: BookedCase): Packed {
  const { case: state, queue, version, progressedAt, isStuck, changedAt } = booked;
  const { clocks } = state;
  return [
    state.caseId, state.channel, state.nature, state.weight, state.isComplaint, state.status, state.owner, state.openedAt,
    state.updatedAt, state.causeCode, state.reopenings,
    [clocks.serviceClass.weight, clocks.serviceClass.isComplaint, clocks.serviceClass.tier],
    clocks.waitingIn, clocks.clocks.map(packClock), queue, version, progressedAt, isStuck,
    changedAt, state.reopenedAt, state.resolvedAt, state.closedAt,
  ]; // prettier-ignore
}

function unpackCase(packed: Packed): BookedCase {
  const [
    caseId, channel, nature, weight, isComplaint, status, owner, openedAt, updatedAt, causeCode, reopenings, serviceClass,
    waitingIn, packedClocks, queue, version, progressedAt, isStuck, changedAt = updatedAt, ...times
  ] = packed as never[]; // prettier-ignore
  const [ownWeight, ownComplaint, tier] = serviceClass as never[];
  const clocks = (packedClocks as Packed[]).map(unpackClock);
  const state = {
    ...{ caseId, channel, nature, weight, isComplaint, status, owner, openedAt, updatedAt, causeCode, reopenings },
    ...(times.length === 0 ? earlierTimes({ status, updatedAt, clocks }) : unpackTimes(times)),
  };
  const ownClocks = { serviceClass: { weight: ownWeight, isComplaint: ownComplaint, tier }, waitingIn, clocks };
  return { case: { ...state, clocks: ownClocks }, queue, version, changedAt, progressedAt, isStuck };
}

type CaseTimes = Pick<ServiceCase, 'reopenedAt' | 'resolvedAt' | 'closedAt'>;

function unpackTimes([reopenedAt, resolvedAt, closedAt]: readonly never[]): CaseTimes {
  return { reopenedAt, resolvedAt, closedAt };
}

/** What was stored before these times were kept says when a case was solved and closed, and not when it was opened again. */
function earlierTimes({
  status,
  updatedAt,
  clocks,
}: Pick<ServiceCase, 'status' | 'updatedAt'> & { readonly clocks: readonly ServiceClock[] }): CaseTimes {
  const metAt = clocks.find(({ name }) => name === 'resolution')?.clock.metAt ?? updatedAt;
  const resolvedAt = isSettled({ status }) ? metAt : null;
  return { reopenedAt: null, resolvedAt, closedAt: status === 'closed' ? updatedAt : null };
}

function packClock({ name, clock, warned, escalated, overdueAt }: ServiceClock): Packed {
  const { startedAt, spent, runningSince, metAt, overdueSince, ranMs } = clock;
  return [name, startedAt, spent, runningSince, metAt, overdueSince, warned, escalated, ranMs, overdueAt];
}

/** Of clocks that were stored before plain time was kept, the units they used up are as near as it gets. */
function unpackClock(packed: Packed): ServiceClock {
  const [
    name, startedAt, spent, runningSince, metAt, overdueSince, warned, escalated, ranMs = Math.round(spent),
    overdueAt = overdueSince,
  ] = packed as never[]; // prettier-ignore
  const clock = { startedAt, spent, ranMs, runningSince, metAt, overdueSince };
  return { name, clock, warned, escalated, overdueAt };
}

/** Few and short-lived, so by name; the members in one order, whoever made the step. */
function packEarly({ caseId, step }: EarlyStep): Packed {
  return [caseId, Object.entries(step).toSorted(([one], [other]) => (one < other ? -1 : 1))];
}

function unpackEarly(packed: Packed): EarlyStep {
  const [caseId, step] = packed as [string, [string, unknown][]];
  return { caseId, step: Object.fromEntries(step) as unknown as CaseStep };
}
