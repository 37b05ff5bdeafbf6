import { signalFamily, signalFeature, sumIn, timeSince } from '../signals/signal-feature.ts';

const within = 'by the steps of the last 454 days; 0 where there is none.';

/** Cases: how many, how they were answered, and what is left unsolved. */
export const service = signalFamily(
  'Service cases',
  '`case.opened`, `case.responded`, `case.progressed`, `case.resolved`, `case.closed`, `case.reopened`, told apart by ' +
    '`caseId` (steps without one are of one nameless case). Of one day at most 32 steps of cases are kept.',
  [
    sumIn('cases', 'casesOpened', 90, 'Cases opened'),
    sumIn('cases_reopened', 'casesReopened', 365, 'Cases reopened'),
    signalFeature(
      {
        name: 'cases_open',
        unit: 'count',
        description: `Cases that are opened and neither resolved nor closed, ${within}`,
      },
      ({ cases }) => cases.open,
    ),
    signalFeature(
      {
        name: 'case_open_days',
        unit: 'days',
        description: `Days from the opening, or reopening, of the oldest open case to asOf, ${within}`,
      },
      ({ cases }) => cases.oldestOpenDays,
    ),
    signalFeature(
      {
        name: 'cases_unanswered',
        unit: 'count',
        description: `Open cases without any answer although a full business day has passed since, ${within}`,
      },
      ({ cases }) => cases.unanswered,
    ),
    signalFeature(
      {
        name: 'cases_slow_90',
        unit: 'count',
        description:
          'Cases opened in the 90 days before asOf whose first answer (response, progress or end) came later than on the ' +
          `next business day, or is missing although that day is over; 0 where there is none.`,
      },
      ({ cases }) => cases.slow90,
    ),
    timeSince('case_days_ago', 'casesOpened', 'opening of a case'),
  ],
);
