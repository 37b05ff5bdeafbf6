import type { EpochDay } from '../../units.ts';
import type { KpiPlan } from '../kpi-plan.ts';
import { type Period, periodOf } from '../period.ts';

/** A report to be made, and what it is made of. */
export interface DueReport {
  /** Key in the plan. */
  readonly report: string;
  readonly period: Period;
}

/** Each report of a plan for the last period of each of its kinds that was over before today. */
export function dueReports({ reports }: Pick<KpiPlan, 'reports'>, today: EpochDay): readonly DueReport[] {
  return [...reports].flatMap(([report, { every }]) =>
    every.map((kind) => ({ report, period: { kind, index: periodOf(kind, today).index - 1 } })),
  );
}
