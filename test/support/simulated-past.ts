import type { KpiRules } from '../../services/core/kpis/kpi-rules.ts';
import { daysIn, monthlyPeriod, monthOf, type Period, periodOf } from '../../services/core/kpis/period.ts';
import type { EpochMs } from '../../services/core/units.ts';

const dayMs = 86_400_000;
/** Two quarters, and the months at both ends of which parts are missing. */
const lengthDays = 240;

/** A stretch of time that ends when a test runs. */
export interface SimulatedPast {
  readonly from: EpochMs;
  readonly until: EpochMs;
  readonly middle: EpochMs;
  /** Of every kind: months, a week and a day within it, longer ones that have some of their months in it. */
  readonly periods: readonly Period[];
}

/** The eight months before an instant. Nothing hangs on its date, so that the first day of a year is as good as any. */
export function simulatedPast(until: EpochMs, { dayOf }: Pick<KpiRules, 'dayOf'>): SimulatedPast {
  const from = until - lengthDays * dayMs;
  const middle = until - (lengthDays / 2) * dayMs;
  const first = monthOf(dayOf(from)) + 1;
  const [secondMonth] = daysIn(monthlyPeriod('month', first + 1));
  const firstOf = (['quarter', 'half'] as const).map((kind) => monthlyPeriod(kind, first));
  return {
    from,
    until,
    middle,
    periods: [
      periodOf('day', secondMonth + 14),
      periodOf('week', dayOf(middle)),
      ...[0, 2, 4].map((after) => monthlyPeriod('month', first + after)),
      ...firstOf.flatMap(({ kind, index }) => [
        { kind, index },
        { kind, index: index + 1 },
      ]),
      periodOf('year', dayOf(middle)),
    ],
  };
}
