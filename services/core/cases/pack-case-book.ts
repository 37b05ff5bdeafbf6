import type { ServiceClock } from '../clocks/service-clocks.ts';
import type { BookedCase, CaseBook, EarlyStep } from './case-book.ts';
import type { CaseStep } from './case-step.ts';

type Packed = readonly unknown[];

/** The book as arrays in a fixed order, for JSON. Equal books give equal bytes. */
export function packCaseBook({ tier, risk, cases, early, forgotten }: CaseBook): Packed {
  return [tier, risk, cases.map(packCase), early.map(packEarly), [...forgotten]];
}

/** Reads what `packCaseBook` made. */
export function unpackCaseBook(packed: Packed): CaseBook {
  const [tier, risk, cases, early, forgotten] = packed as [string | null, number | null, Packed[], Packed[], string[]];
  return { tier, risk, cases: cases.map(unpackCase), early: early.map(unpackEarly), forgotten };
}

function packCase({ case: state, queue, version, progressedAt, isStuck }: BookedCase): Packed {
  const { clocks } = state;
  return [
    state.caseId, state.channel, state.nature, state.weight, state.isComplaint, state.status, state.owner, state.openedAt,
    state.updatedAt, state.causeCode, state.reopenings,
    [clocks.serviceClass.weight, clocks.serviceClass.isComplaint, clocks.serviceClass.tier],
    clocks.waitingIn, clocks.clocks.map(packClock), queue, version, progressedAt, isStuck,
  ]; // prettier-ignore
}

function unpackCase(packed: Packed): BookedCase {
  const [
    caseId, channel, nature, weight, isComplaint, status, owner, openedAt, updatedAt, causeCode, reopenings, serviceClass,
    waitingIn, clocks, queue, version, progressedAt, isStuck,
  ] = packed as never[]; // prettier-ignore
  const [ownWeight, ownComplaint, tier] = serviceClass as never[];
  const state = {
    caseId,
    channel,
    nature,
    weight,
    isComplaint,
    status,
    owner,
    openedAt,
    updatedAt,
    causeCode,
    reopenings,
  };
  const ownClass = { weight: ownWeight, isComplaint: ownComplaint, tier };
  const ownClocks = { serviceClass: ownClass, waitingIn, clocks: (clocks as Packed[]).map(unpackClock) };
  return { case: { ...state, clocks: ownClocks }, queue, version, progressedAt, isStuck };
}

function packClock({ name, clock, warned, escalated }: ServiceClock): Packed {
  const { startedAt, spent, runningSince, metAt, overdueSince } = clock;
  return [name, startedAt, spent, runningSince, metAt, overdueSince, warned, escalated];
}

function unpackClock(packed: Packed): ServiceClock {
  const [name, startedAt, spent, runningSince, metAt, overdueSince, warned, escalated] = packed as never[];
  return { name, clock: { startedAt, spent, runningSince, metAt, overdueSince }, warned, escalated };
}

/** Few and short-lived, so by name; the members in one order, whoever made the step. */
function packEarly({ caseId, step }: EarlyStep): Packed {
  return [caseId, Object.entries(step).toSorted(([one], [other]) => (one < other ? -1 : 1))];
}

function unpackEarly(packed: Packed): EarlyStep {
  const [caseId, step] = packed as [string, [string, unknown][]];
  return { caseId, step: Object.fromEntries(step) as unknown as CaseStep };
}
