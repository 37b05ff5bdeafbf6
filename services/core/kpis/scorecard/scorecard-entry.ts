import type { Expression } from '../expression.ts';
import type { KpiDescription } from '../kpi-definition.ts';
import type { KpiDimension } from '../kpi-dimension.ts';
import type { KpiTarget } from '../kpi-target.ts';

/** A KPI with what a business has decided about it. */
export interface ScorecardEntry {
  readonly definition: KpiDescription;
  /** Null of a KPI of the system itself, which Prometheus measures: here it has no value. */
  readonly formula: Expression | null;
  readonly dimensions: readonly KpiDimension[];
  /** Its part in the composite, of 100 in all; 0 where it is only looked at. */
  readonly weight: number;
  /** For the kind of period that is asked for. */
  readonly target: KpiTarget | null;
  /** Departments that answer for it, the first one first; a shared KPI has several. */
  readonly owners: readonly string[];
  /** The same measure of the industry, typed in, in the unit of the KPI. */
  readonly industry: number | null;
}
