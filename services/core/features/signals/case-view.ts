import type { EpochDay } from '../../units.ts';
import type { FeatureState } from '../customer-state.ts';
import { horizonDays } from '../horizon.ts';
import { caseOf, stepOf, type CaseStep } from './case-marks.ts';

/** Full business days after its opening within which a case has to be answered. */
const answerDays = 1;

/** What a customer's cases look like on one day, by the steps inside the horizon. */
export interface CaseView {
  readonly open: number;
  readonly openComplaints: number;
  /** Days since the oldest open one was opened, or reopened, to asOf; 0 where none is open. */
  readonly oldestOpenDays: number;
  /** Open, and without any answer although a full business day has passed. */
  readonly unanswered: number;
  /** Opened in the last 90 days, and first answered later than on the next business day, or not yet though that is over. */
  readonly slow90: number;
}

interface CaseLife {
  isOpen: boolean;
  isComplaint: boolean;
  openedOn: EpochDay | null;
  openSince: EpochDay;
  answeredOn: EpochDay | null;
}

const nothing: CaseView = { open: 0, openComplaints: 0, oldestOpenDays: 0, unanswered: 0, slow90: 0 };

/**
 * Tells from the marks of all days which cases are open. Order inside a day is not kept and need not be: a case that
 * was open and is both ended and reopened on a day ends it open, one that was not ends it ended. Steps `resolved` and
 * `closed` of one day end a case once. A case whose opening has left the horizon is known by its later steps only.
 */
export function viewCases({ signalTiles }: FeatureState, asOf: EpochDay): CaseView {
  const lives = new Map<number, CaseLife>();
  for (const { day, cases } of signalTiles) {
    if (cases.length === 0 || day <= asOf - horizonDays) continue;
    for (let from = 0; from < cases.length;) {
      const key = caseOf(cases[from]);
      let to = from + 1;
      while (to < cases.length && caseOf(cases[to]) === key) to += 1;
      lives.set(key, liveDay(lives.get(key), countSteps(cases, from, to), day));
      from = to;
    }
  }
  return lives.size === 0 ? nothing : summarise([...lives.values()], asOf);
}

type Steps = Readonly<Record<CaseStep, number>>;

function countSteps(cases: readonly number[], from: number, to: number): Steps {
  const steps = { opened: 0, complained: 0, reopened: 0, answered: 0, resolved: 0, closed: 0 };
  for (let at = from; at < to; at++) {
    const step = stepOf(cases[at]);
    if (step !== undefined) steps[step] += 1;
  }
  return steps;
}

function liveDay(before: CaseLife | undefined, steps: Steps, day: EpochDay): CaseLife {
  const life = before ?? { isOpen: false, isComplaint: false, openedOn: null, openSince: day, answeredOn: null };
  const isOpened = steps.opened + steps.complained > 0;
  const starts = (isOpened ? 1 : 0) + steps.reopened;
  const ends = Math.max(steps.resolved, steps.closed);
  const isOpen = (life.isOpen ? 1 : 0) + starts > ends;
  const isAnswered = steps.answered + ends > 0;
  return {
    isOpen,
    isComplaint: life.isComplaint || steps.complained > 0,
    openedOn: life.openedOn ?? (isOpened ? day : null),
    openSince: starts > 0 && (!life.isOpen || steps.reopened > 0) ? day : life.openSince,
    answeredOn: life.answeredOn ?? (isAnswered ? day : null),
  };
}

function summarise(lives: readonly CaseLife[], asOf: EpochDay): CaseView {
  const open = lives.filter(({ isOpen }) => isOpen);
  return {
    open: open.length,
    openComplaints: open.filter(({ isComplaint }) => isComplaint).length,
    oldestOpenDays: open.reduce((days, { openSince }) => Math.max(days, asOf - openSince), 0),
    unanswered: open.filter(({ answeredOn, openSince }) => answeredOn === null && isOverdue(openSince, asOf)).length,
    slow90: lives.filter(
      ({ openedOn, answeredOn }) =>
        openedOn !== null && openedOn >= asOf - 90 && isOverdue(openedOn, answeredOn ?? asOf),
    ).length,
  };
}

/** Whether more full business days lie between than an answer may take. */
function isOverdue(openedOn: EpochDay, until: EpochDay): boolean {
  return until - openedOn > answerDays;
}
