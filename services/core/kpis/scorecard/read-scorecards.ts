import type { CellReader } from '../expression.ts';
import type { KpiDimension } from '../kpi-dimension.ts';
import type { KpiPlan } from '../kpi-plan.ts';
import type { Period } from '../period.ts';
import type { CellSource } from './cell-source.ts';
import { type ComparedCells, makeScorecard } from './make-scorecard.ts';
import { periodBefore, periodYearBefore } from './neighbour-periods.ts';
import { plannedEntries } from './planned-entries.ts';
import type { Scorecard } from './scorecard.ts';

export interface ScorecardsRequest {
  readonly tenant: string;
  readonly currency: string;
  readonly plan: KpiPlan;
  readonly period: Period;
}

/** The scorecard of the whole tenant. */
export async function readScorecard(source: CellSource, request: ScorecardsRequest): Promise<Scorecard> {
  const { tenant, currency, plan, period } = request;
  const [current, previous, yearBefore] = await Promise.all(comparedPeriods(period).map((each) => source.whole(each)));
  const entries = plannedEntries(plan, period.kind);
  return makeScorecard({ tenant, currency, period, slice: null, entries, cells: { current, previous, yearBefore } });
}

/** One scorecard for each value of a dimension that the period has, in the order of their names. */
export async function readSlicedScorecards(
  source: CellSource,
  request: ScorecardsRequest,
  dimension: KpiDimension,
): Promise<readonly Scorecard[]> {
  const { tenant, currency, plan, period } = request;
  const [current, previous, yearBefore] = await Promise.all(
    comparedPeriods(period).map((each) => source.slices(each, dimension)),
  );
  return [...current.keys()].map((value) => {
    const slice = { dimension, value };
    const group = plan.groups.find((each) => each.slice.dimension === dimension && each.slice.value === value);
    const entries = plannedEntries(plan, period.kind, group?.targets);
    const of = (slices: ReadonlyMap<string, CellReader>): CellReader | null => slices.get(value) ?? null;
    const cells: ComparedCells = { current: of(current), previous: of(previous), yearBefore: of(yearBefore) };
    return makeScorecard({ tenant, currency, period, slice, entries, cells });
  });
}

function comparedPeriods(period: Period): readonly [Period, Period, Period] {
  return [period, periodBefore(period), periodYearBefore(period)];
}
