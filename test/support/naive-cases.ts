import type { CountedEvent } from './counted-event.ts';
import { textOf, valueOf } from './naive-properties.ts';

/** Features of cases, from each case's own story told day by day. */
export function naiveCases(known: readonly CountedEvent[], asOf: number): Record<string, number> {
  const steps = known.filter(({ record }) =>
    ['case.opened', 'case.reopened', 'case.responded', 'case.progressed', 'case.resolved', 'case.closed'].includes(
      record.type,
    ),
  );
  const ids = new Set(steps.map(({ record }) => idOf(record)));
  const stories = [...ids].map((id) => storyOf(steps.filter(({ record }) => idOf(record) === id)));
  const open = stories.filter(({ isOpen }) => isOpen);
  return {
    cases_open: open.length,
    complaints_open: open.filter(({ isComplaint }) => isComplaint).length,
    case_open_days: Math.max(0, ...open.map(({ openSince }) => asOf - openSince)),
    cases_unanswered: open.filter(({ answered, openSince }) => answered === Infinity && asOf - openSince >= 2).length,
    cases_slow_90: stories.filter(
      ({ opened, answered }) => asOf - opened <= 90 && Math.min(answered, asOf) - opened >= 2,
    ).length,
  };
}

interface Story {
  readonly isOpen: boolean;
  readonly isComplaint: boolean;
  readonly openSince: number;
  /** First day it was opened; -Infinity where the opening is not known. */
  readonly opened: number;
  /** First day with an answer or end; Infinity without. */
  readonly answered: number;
}

function storyOf(steps: readonly CountedEvent[]): Story {
  const days = [...new Set(steps.map(({ day }) => day))].sort((a, b) => a - b);
  let isOpen: boolean = false;
  let openSince = 0;
  for (const day of days) {
    const today = steps.filter((step) => step.day === day).map(({ record }) => record.type);
    const wasOpen: boolean = isOpen;
    const count = (type: string): number => today.filter((each) => each === type).length;
    const starts = Math.min(1, count('case.opened')) + count('case.reopened');
    isOpen = Number(wasOpen) + starts - Math.max(count('case.resolved'), count('case.closed')) > 0;
    if (count('case.reopened') > 0 || (!wasOpen && starts > 0)) openSince = day;
  }
  const openings = steps.filter(({ record }) => record.type === 'case.opened');
  const answers = steps.filter(({ record }) => record.type !== 'case.opened' && record.type !== 'case.reopened');
  return {
    isOpen,
    openSince,
    isComplaint: openings.some(({ record }) => /complain|grievance|投诉|抱怨/.test(textOf(record, 'caseClass'))),
    opened: openings.length > 0 ? Math.min(...openings.map(({ day }) => day)) : -Infinity,
    answered: Math.min(...answers.map(({ day }) => day)),
  };
}

function idOf(record: CountedEvent['record']): string {
  return String(valueOf(record, 'caseId') ?? 'nameless');
}
