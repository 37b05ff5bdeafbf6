import { type ClockAlarm, nextAlarmAt, raiseAlarms } from '../clocks/clock-alarms.ts';
import { nextOverdueAt, noteOverdue } from '../clocks/note-overdue.ts';
import type { EpochMs } from '../units.ts';
import { type BookedCase, type CaseBook, isSettled, oweCase } from './case-book.ts';
import { type CaseMoment, momentOf } from './case-moment.ts';
import { type CaseRules, overdueStep } from './case-rules.ts';

/**
 * Tells what has become due by `at`, each thing once, in the order of time: a clock that has used up three quarters of its
 * time, one that is overdue, each step of its escalation, and a case about which nothing is done. Whatever that changes in a
 * case makes a new version of it.
 * @param only ids of the cases that are looked at; all where it is absent
 */
export function passCaseTime(
  book: CaseBook,
  at: EpochMs,
  rules: CaseRules,
  only?: ReadonlySet<string>,
): { readonly book: CaseBook; readonly moments: readonly CaseMoment[] } {
  const moments: CaseMoment[] = [];
  let passedBook = book;
  const cases = book.cases.map((each) => {
    if (only?.has(each.case.caseId) === false) return each;
    const passed = passTime(each, at, rules);
    moments.push(...passed.moments);
    if (passed.booked !== each) passedBook = oweCase(passedBook, passed.booked);
    return passed.booked;
  });
  if (passedBook === book) return { book, moments };
  return { book: { ...passedBook, cases }, moments: moments.toSorted((one, other) => one.at - other.at) };
}

/** When something becomes due if nothing happens; null for never. */
export function caseDueAt(book: CaseBook, rules: CaseRules): EpochMs | null {
  const times = book.cases.flatMap((each) => {
    const { clocks } = each.case;
    const clockRules = rules.clocksOf(each.queue);
    const dueTimes = [nextAlarmAt(clocks, clockRules), nextOverdueAt(clocks, clockRules), stuckAt(each, rules)];
    return dueTimes.filter((time) => time !== null);
  });
  return times.length === 0 ? null : Math.min(...times);
}

function passTime(before: BookedCase, at: EpochMs, rules: CaseRules) {
  const clockRules = rules.clocksOf(before.queue);
  const { state, alarms } = raiseAlarms(before.case.clocks, at, clockRules);
  const clocks = noteOverdue(state, at, clockRules);
  const stuck = stuckAt(before, rules);
  const isStuck = stuck !== null && stuck <= at;
  if (alarms.length === 0 && clocks === state && !isStuck) return { booked: before, moments: [] };
  const noted = clocks.clocks.filter((each, i) => each !== state.clocks[i]).map(({ overdueAt }) => overdueAt ?? 0);
  const changedAt = Math.max(before.changedAt, ...alarms.map((alarm) => alarm.at), ...noted, isStuck ? stuck : 0);
  const booked: BookedCase = {
    ...before,
    case: { ...before.case, clocks },
    version: before.version + 1,
    changedAt,
    isStuck: before.isStuck || isStuck,
  };
  const moments = alarms.map((alarm) => momentOfAlarm(booked, alarm));
  if (isStuck) moments.push(momentOf(booked, 'stuck', stuck));
  return { booked, moments };
}

function momentOfAlarm(booked: BookedCase, alarm: ClockAlarm): CaseMoment {
  const { clock, at } = alarm;
  if (alarm.kind === 'warning') return { ...momentOf(booked, 'warned', at), clock };
  if (alarm.role === overdueStep) return { ...momentOf(booked, 'overdue', at), clock };
  return { ...momentOf(booked, 'escalated', at), clock, step: alarm.step - 1, role: alarm.role };
}

/** Nobody is to blame while somebody else has to act. */
function stuckAt({ case: state, progressedAt, isStuck }: BookedCase, rules: CaseRules): EpochMs | null {
  if (isStuck || isSettled(state)) return null;
  const { waitingIn } = state.clocks;
  if (waitingIn !== null && rules.waitingStates.get(waitingIn)?.pausesResolution === true) return null;
  const { scale, target } = rules.stuckAfter(state.weight);
  return scale.after(progressedAt, target);
}
