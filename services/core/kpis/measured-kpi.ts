import type { KpiDescription } from './kpi-definition.ts';

/**
 * A KPI that Prometheus measures and no fact tells: the quality of what clients send, and the system itself. It cannot be
 * counted anew from the log, so it is known over the last `period` only, and its history is that of Prometheus.
 */
export interface MeasuredKpi extends KpiDescription {
  /** `tenant`: each tenant has a value of its own; `installation`: one for all. */
  readonly scope: 'tenant' | 'installation';
  /** In the KPI's unit, over metrics that services export, and by `tenant` where that is the scope. */
  readonly promql: string;
}
