import { answerTimeP95 } from './measured/answer-time-p95.ts';
import { availability } from './measured/availability.ts';
import { dataAccuracy } from './measured/data-accuracy.ts';
import { dataCompleteness } from './measured/data-completeness.ts';
import { dataConsistency } from './measured/data-consistency.ts';
import { dataTimeliness } from './measured/data-timeliness.ts';
import { storageUse } from './measured/storage-use.ts';
import { throughput } from './measured/throughput.ts';
import type { MeasuredKpi } from './measured-kpi.ts';

/** Every KPI that Prometheus measures (N24). */
export const measuredKpis: readonly MeasuredKpi[] = [
  dataCompleteness,
  dataAccuracy,
  dataConsistency,
  dataTimeliness,
  answerTimeP95,
  availability,
  throughput,
  storageUse,
];
