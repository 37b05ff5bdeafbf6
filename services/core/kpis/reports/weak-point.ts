import type { Measure } from '../benchmarks/measure-document.ts';
import type { KpiSlice } from '../kpi-dimension.ts';
import type { ScorecardLine } from '../scorecard/scorecard.ts';

/** A KPI that misses its target, and what is proposed. */
export interface WeakPoint {
  readonly line: ScorecardLine;
  /** Points of the composite that it costs: weight × what is missing to 100, of the weight covered. */
  readonly lostPoints: number;
  /** The customer group that is furthest from the target; null where none is known or none misses it. */
  readonly worst: {
    readonly slice: NonNullable<KpiSlice>;
    readonly value: number;
    readonly achievement: number;
  } | null;
  readonly measures: readonly Measure[];
}
