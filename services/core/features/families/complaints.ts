import { signalFamily, signalFeature, sumIn, timeSince } from '../signals/signal-feature.ts';

/** Complaints: cases whose class says so. */
export const complaints = signalFamily(
  'Complaints',
  '`case.opened` whose `caseClass` names a complaint (complaint, grievance, 投诉, 抱怨).',
  [
    sumIn('complaints', 'complaints', 90, 'Complaints'),
    sumIn('complaints', 'complaints', 365, 'Complaints'),
    signalFeature(
      {
        name: 'complaints_open',
        unit: 'count',
        description: 'Complaints that are neither resolved nor closed; 0 where there is none.',
      },
      ({ cases }) => cases.openComplaints,
    ),
    timeSince('complaint_days_ago', 'complaints', 'complaint'),
  ],
);
