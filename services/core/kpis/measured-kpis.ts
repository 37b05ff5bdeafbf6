import type { MeasuredKpi } from './measured-kpi.ts';

/** Every KPI of the system itself. */
export const measuredKpis: readonly MeasuredKpi[] = [];
