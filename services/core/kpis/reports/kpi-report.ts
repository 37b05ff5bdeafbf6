import type { QuotedFigure } from '../benchmarks/benchmark-document.ts';
import type { AcquisitionCost } from '../costs/acquisition-cost.ts';
import type { CohortRetention } from '../costs/cohort-retention.ts';
import type { GroupCosts } from '../costs/cost-ledger.ts';
import type { PlaybookCosts } from '../costs/playbook-costs.ts';
import type { InTwoLanguages, KpiDescription } from '../kpi-definition.ts';
import type { Expression } from '../expression.ts';
import type { StageFlow } from '../flows/read-stage-flows.ts';
import type { KpiDimension } from '../kpi-dimension.ts';
import type { Scorecard } from '../scorecard/scorecard.ts';
import type { TargetNode } from '../scorecard/target-tree.ts';
import type { WeakPoint } from './weak-point.ts';

/** A KPI as it was defined when the report was made; the report keeps it, whatever becomes of the registry. */
export type ReportedDefinition = Pick<KpiDescription, 'key' | 'version' | 'handbook' | 'definition'> & {
  readonly formula: Expression | null;
};

/** The report of one period. Everything in it follows from cells and files; it holds no time of its making. */
export interface KpiReport {
  /** Which report of the plan. */
  readonly report: { readonly key: string; readonly label: InTwoLanguages };
  readonly scorecard: Scorecard;
  /** What it is broken down by. */
  readonly by: KpiDimension;
  readonly groups: readonly Scorecard[];
  readonly tree: TargetNode;
  readonly weakPoints: readonly WeakPoint[];
  readonly flows: readonly StageFlow[];
  readonly cohorts: readonly CohortRetention[];
  readonly acquisition: readonly AcquisitionCost[];
  readonly costs: readonly GroupCosts[];
  readonly playbooks: readonly PlaybookCosts[];
  readonly definitions: readonly ReportedDefinition[];
  /** Of plan, measures and benchmarks. */
  readonly versions: { readonly plan: string; readonly measures: string; readonly benchmarks: string };
  /** Quoted, never measured; shown apart. */
  readonly benchmarks: readonly QuotedFigure[];
}
