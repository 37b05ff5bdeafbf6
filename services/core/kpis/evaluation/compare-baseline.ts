import type { CellReader } from '../expression.ts';
import type { KpiSlice } from '../kpi-dimension.ts';
import { parsePeriod, type Period } from '../period.ts';
import type { CellSource } from '../scorecard/cell-source.ts';
import type { Baseline } from './baseline.ts';
import { type Comparison, compareKpi } from './compare-kpi.ts';

/** The whole, or a customer group, before and after. */
export interface ComparedSlice {
  readonly before: string;
  readonly slice: KpiSlice;
  readonly kpis: readonly Comparison[];
}

const nothing: CellReader = { cell: () => 0, opening: () => 0 };

/**
 * A period after go-live against the frozen one of the same kind, group by group; a group that is no more has nothing.
 * @returns empty where no period of that kind was frozen
 */
export async function compareBaseline(
  baseline: Baseline,
  source: CellSource,
  period: Period,
): Promise<readonly ComparedSlice[]> {
  const frozen = baseline.periods.filter((each) => parsePeriod(each.period)?.kind === period.kind);
  return Promise.all(
    frozen.map(async ({ period: before, slice, kpis }) => {
      const now =
        slice === null ? await source.whole(period) : (await source.slices(period, slice.dimension)).get(slice.value);
      return { before, slice, kpis: kpis.map((kpi) => compareKpi(kpi, now ?? nothing)) };
    }),
  );
}
