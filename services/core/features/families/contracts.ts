import type { FeatureState } from '../customer-state.ts';
import { counterId } from '../signals/signal-counters.ts';
import { signalFamily, signalFeature, sumIn } from '../signals/signal-feature.ts';
import type { SignalWindows } from '../signals/signal-windows.ts';
import { countOf } from '../signals/sparse-counts.ts';

function daysToEnd(signals: SignalWindows, { contractEnds }: FeatureState): number {
  const ended = signals.lastDay('contractsEnded');
  // a signing on the day of the end, or after it, goes on; neither is known beyond the horizon
  if (!Number.isNaN(ended) && !(signals.lastDay('contractsSigned') >= ended)) return ended - signals.asOf;
  return (contractEnds.at(-1) ?? Number.NaN) - signals.asOf;
}

/** Contracts and services: what is left of them, and what shrinks. */
export const contracts = signalFamily(
  'Contracts',
  '`contract.signed` with its `endDate`, `contract.ended`, `contract.milestone` whose `status` says overdue, missed or ' +
    'late, or with `overdue` true, `service.cancelled`, and `service.upgraded` that goes down (`direction`, `level` ' +
    'below `previousLevel`, or an amount below 0). Of one customer the 32 contracts that end last are kept.',
  [
    signalFeature(
      {
        name: 'contract_days_to_end',
        unit: 'days',
        description:
          'Days from asOf to the latest end of a contract ever signed, below 0 after it. After a contract.ended without a ' +
          'signing on that day or later, days to the day of that, below 0. Undefined without either.',
      },
      daysToEnd,
    ),
    signalFeature(
      {
        name: 'contract_renewals',
        unit: 'count',
        description: 'Contracts signed after the first one, ever; 0 where there is none.',
      },
      (_signals, { signalTotals }) => Math.max(0, countOf(signalTotals, counterId.contractsSigned) - 1),
    ),
    sumIn('contracts_ended', 'contractsEnded', 365, 'Contracts ended'),
    sumIn('services_downgraded', 'servicesDowngraded', 365, 'Downgrades of services'),
    sumIn('services_cancelled', 'servicesCancelled', 365, 'Services cancelled'),
    sumIn('milestones_overdue', 'milestonesOverdue', 365, 'Milestones reported overdue'),
  ],
);
