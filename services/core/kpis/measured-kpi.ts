import type { KpiDescription } from './kpi-definition.ts';

/**
 * A KPI of the system itself, which Prometheus measures: no fact tells it, no tenant has one of its own, and it cannot be
 * computed from the log. Its recording rule is `installation:tidewatch_kpi_<key>:value`.
 */
export interface MeasuredKpi extends KpiDescription {
  /** Value over the last `$period` (`1d`), which takes the place of that word; in the KPI's unit. */
  readonly promql: string;
}
