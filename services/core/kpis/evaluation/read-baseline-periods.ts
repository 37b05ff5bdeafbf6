import type { CellReader } from '../expression.ts';
import type { KpiDimension } from '../kpi-dimension.ts';
import type { KpiPlan } from '../kpi-plan.ts';
import { type Period, periodName } from '../period.ts';
import type { CellSource } from '../scorecard/cell-source.ts';
import { plannedEntries } from '../scorecard/planned-entries.ts';
import type { BaselinePeriod } from './baseline.ts';
import { freezeKpi } from './frozen-kpi.ts';

/** One period as it stands now, of the whole and by customer group, with the cells behind each value. */
export async function readBaselinePeriod(
  source: CellSource,
  plan: KpiPlan,
  period: Period,
  by: KpiDimension,
): Promise<readonly BaselinePeriod[]> {
  const whole = await source.whole(period);
  if (whole === null) return [];
  const entries = plannedEntries(plan, period.kind).filter(({ definition }) =>
    definition.periods.includes(period.kind),
  );
  const freeze = (slice: BaselinePeriod['slice'], cells: CellReader): BaselinePeriod => ({
    period: periodName(period),
    slice,
    kpis: entries
      .filter(({ dimensions }) => slice === null || dimensions.includes(slice.dimension))
      .flatMap((entry) => freezeKpi(entry, cells) ?? []),
  });
  const slices = await source.slices(period, by);
  return [freeze(null, whole), ...[...slices].map(([value, cells]) => freeze({ dimension: by, value }, cells))];
}
